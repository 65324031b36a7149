import Schedulers
import Tensors
import TestSupport
import Testing

/// What every scheduler promises, over all of them.
struct SchedulerConformanceTests {
    let original = Tensor.randn([2, 4, 3, 5], generator: Generator(seed: 1))
    let gaussian = Tensor.randn([2, 4, 3, 5], generator: Generator(seed: 2))

    /// The options of Stable Diffusion 1.x.
    private func configuration(_ type: PredictionType = .epsilon) -> SchedulerConfiguration {
        var configuration = SchedulerConfiguration()
        configuration.betaStart = 0.00085
        configuration.betaEnd = 0.012
        configuration.betaSchedule = .scaledLinear
        configuration.stepsOffset = 1
        configuration.skipsPRKSteps = true
        configuration.clipsSample = false
        configuration.predictionType = type
        return configuration
    }

    private func makeRun(
        _ kind: SchedulerKind,
        steps: Int = 8,
        type: PredictionType = .epsilon
    ) throws -> any Scheduler {
        try Schedulers.makeScheduler(
            kind: kind,
            configuration: configuration(type),
            inferenceStepCount: steps
        )
    }

    /// A whole run with a network that always answers the true noise.
    private func run(_ scheduler: any Scheduler, from sample: Tensor) -> Tensor {
        var (scheduler, sample) = (scheduler, sample)
        let generator = Generator(seed: 3)
        for timestep in scheduler.timesteps[scheduler.stepIndex...] {
            let input = scheduler.scaleModelInput(sample, timestep: timestep)
            sample = scheduler.step(
                modelOutput: 0.5 * input,
                timestep: timestep,
                sample: sample,
                noise: { Tensor.randn(original.shape, generator: generator) }
            )
        }
        return sample
    }

    @Test(arguments: SchedulerKind.allCases, [1, 2, 3, 20, 50, 999])
    func `timesteps descend within those of training`(kind: SchedulerKind, steps: Int) throws {
        let scheduler = try makeRun(kind, steps: steps)
        let timesteps = scheduler.timesteps
        #expect(timesteps.count >= steps)
        #expect(timesteps == timesteps.sorted(by: >))
        #expect(timesteps.allSatisfy { 0...999 ~= $0 })
        #expect(scheduler.inferenceStepCount == steps)
    }

    @Test(arguments: SchedulerKind.allCases)
    func `a step keeps the shape and moves on by one`(kind: SchedulerKind) throws {
        var scheduler = try makeRun(kind)
        let sample = scheduler.step(
            modelOutput: gaussian,
            timestep: scheduler.timesteps[0],
            sample: original,
            noise: { gaussian }
        )
        #expect(sample.shape == original.shape)
        #expect(sample.dtype == .float32)
        #expect(scheduler.stepIndex == 1)
    }

    @Test(arguments: SchedulerKind.allCases)
    func `a copy in mid-run continues independently`(kind: SchedulerKind) throws {
        var first = try makeRun(kind)
        var sample = gaussian * first.initialNoiseSigma
        for timestep in first.timesteps.prefix(4) {
            let input = first.scaleModelInput(sample, timestep: timestep)
            sample = first.step(
                modelOutput: 0.5 * input,
                timestep: timestep,
                sample: sample,
                noise: { original }
            )
        }
        let copy = first
        let finished = run(first, from: sample)
        let disturbed = run(copy, from: sample * 2)
        try expectClose(run(copy, from: sample), finished, atol: 0)
        #expect(try disturbed.array() != finished.array())
        #expect(copy.stepIndex == 4)
    }

    @Test(arguments: SchedulerKind.allCases, PredictionType.allCases)
    func `an exact network gives back the data that noise was added to`(
        kind: SchedulerKind,
        type: PredictionType
    ) throws {
        if type == .sample && [.pndm, .eulerAncestral].contains(kind) {
            #expect(throws: SchedulerError.self) { try makeRun(kind, type: type) }
            return
        }
        var scheduler = try makeRun(kind, steps: 10, type: type)
        scheduler.stepIndex = 2
        let start = scheduler.timesteps[2]
        var sample = scheduler.addNoise(to: original, noise: gaussian, timestep: start)
        for timestep in scheduler.timesteps[2...] {
            let level = scheduler.noiseLevel(at: timestep)
            // The noise that the sample holds now, given the true data.
            let current = (sample - level.signal * original) / level.noise
            let scale = (level.signal * level.signal + level.noise * level.noise).squareRoot()
            let velocity = (level.signal * current - level.noise * original) / scale
            let answers: [PredictionType: Tensor] = [
                .epsilon: current, .sample: original, .vPrediction: velocity,
            ]
            let answer = try #require(answers[type])
            sample = scheduler.step(
                modelOutput: answer,
                timestep: timestep,
                sample: sample,
                noise: { gaussian }
            )
        }
        // PNDM, DDIM and DDPM with one more timestep below the last end at its noise level, not at
        // zero.
        let rest = kind == .pndm || kind == .ddim ? 0.03 * 5 : 1e-3
        try expectClose(sample, original, atol: rest, "\(kind) \(type)")
    }

    @Test(arguments: SchedulerKind.allCases)
    func `noise is drawn by stochastic schedulers only`(kind: SchedulerKind) throws {
        var scheduler = try makeRun(kind)
        var drawCount = 0
        _ = scheduler.step(
            modelOutput: gaussian,
            timestep: scheduler.timesteps[0],
            sample: original,
            noise: {
                drawCount += 1
                return gaussian
            }
        )
        #expect(drawCount == ([.ddpm, .eulerAncestral].contains(kind) ? 1 : 0))
    }

    @Test(arguments: SchedulerKind.allCases)
    func `a network output in bfloat16 leaves the sample in float32`(kind: SchedulerKind) throws {
        var scheduler = try makeRun(kind)
        let sample = scheduler.step(
            modelOutput: gaussian.to(.bfloat16),
            timestep: scheduler.timesteps[0],
            sample: original,
            noise: { gaussian }
        )
        #expect(sample.dtype == .float32)
    }

    @Test(arguments: SchedulerKind.allCases, [0, -3, 1001])
    func `a run of no steps or too many is refused`(kind: SchedulerKind, steps: Int) {
        #expect(
            throws: SchedulerError.invalidValue(
                key: "inference step count",
                value: "\(steps)",
                expected: "1 to 1000"
            )
        ) { try makeRun(kind, steps: steps) }
    }
}
