import Foundation
import Schedulers
import Tensors
import TestSupport
import Testing

/// Every scheduler against diffusers' own, step by step.
struct SchedulerTrajectoryTests {
    let goldens: GoldenTensors

    init() throws {
        goldens = try Goldens.tensors("schedulers.safetensors")
    }

    @Test func `every kind of scheduler has expected values`() {
        let kinds = Set(GoldenTrajectory.all.map(\.kind))
        #expect(kinds == Set(SchedulerKind.allCases.map(\.rawValue)))
        #expect(GoldenTrajectory.all.count > 100)
    }

    @Test(arguments: GoldenTrajectory.all)
    func `timesteps and initial noise are those of diffusers`(golden: GoldenTrajectory) throws {
        let scheduler = try golden.makeScheduler()
        let timesteps = try goldens["\(golden.name).timesteps"]
        try expectClose(
            Tensor(scheduler.timesteps.map(Float.init), [scheduler.timesteps.count]),
            timesteps,
            atol: 0,
            rtol: 1e-6,
            golden.name
        )
        let error = abs(scheduler.initialNoiseSigma - golden.initialNoiseSigma)
        #expect(error <= 1e-6 * golden.initialNoiseSigma)
        #expect(scheduler.inferenceStepCount == golden.inferenceStepCount)
    }

    @Test(arguments: GoldenTrajectory.all)
    func `every sample of a run is that of diffusers`(golden: GoldenTrajectory) throws {
        var scheduler = try golden.makeScheduler()
        let trajectory = try goldens["\(golden.name).trajectory"]
        let offset = try goldens["offset"]
        let source = NoiseSource()
        var sample = try goldens["noise"] * scheduler.initialNoiseSigma
        var samples: [Tensor] = []
        try withTorchErrors {
            for timestep in scheduler.timesteps {
                let input = scheduler.scaleModelInput(sample, timestep: timestep)
                let output = 0.3 * input + sin(0.01 * timestep) * offset
                sample = scheduler.step(
                    modelOutput: output,
                    timestep: timestep,
                    sample: sample,
                    noise: source.draw
                )
                samples.append(sample)
            }
        }
        // With σ in the thousands samples are as large, and float32 has no fourth decimal on either
        // side.
        let atol = max(1e-4, 2.5e-7 * golden.initialNoiseSigma)
        let rtol = golden.configuration.betaSchedule == .squaredcosCapV2 ? 1e-5 : 0
        try expectClose(
            Tensor.stacked(samples),
            trajectory,
            atol: atol,
            rtol: rtol,
            golden.name
        )
    }

    @Test(arguments: GoldenTrajectory.all.filter { $0.name.hasSuffix("sd-10") })
    func `noise is added as by diffusers at every timestep`(golden: GoldenTrajectory) throws {
        let scheduler = try golden.makeScheduler()
        let (original, noise) = (try goldens["original"], try goldens["noise"])
        let noisy = try withTorchErrors {
            Tensor.stacked(
                scheduler.timesteps.map {
                    scheduler.addNoise(to: original, noise: noise, timestep: $0)
                }
            )
        }
        try expectClose(
            noisy,
            try goldens["\(golden.name).noisy"],
            atol: 1e-5,
            rtol: 1e-6,
            golden.name
        )
    }
}
