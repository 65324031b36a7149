import Foundation
import Tensors

/// DPM-Solver++, multistep and deterministic, of order 1 to 3 (Lu et al., arXiv:2211.01095).
struct DPMSolverMultistepScheduler: Scheduler {
    let timesteps: [Double]
    let inferenceStepCount: Int
    let initialNoiseSigma = 1.0
    var stepIndex = 0

    /// The level of each element of `timesteps`, then that of the end.
    private let levels: [NoiseLevel]
    private let predictionType: PredictionType
    private let solverOrder: Int
    private let usesHeunSteps: Bool
    private let lowersOrderAtEnd: Bool
    private let usesEulerAtEnd: Bool
    /// The predicted clean data of the latest steps, oldest first.
    private var originals: [Tensor] = []

    init(_ run: SchedulerRun, usesKarrasSigmas: Bool) throws(SchedulerError) {
        let configuration = run.configuration
        let schedule = SigmaSchedule(run.schedule)
        let sigmas: [Double]
        if usesKarrasSigmas {
            sigmas = try run.karrasSigmas(highest: schedule.highest, lowest: schedule.lowest)
            let isRounded = configuration.betaSchedule != .squaredcosCapV2
            timesteps = sigmas.map {
                schedule.timestep(of: $0).rounded(isRounded ? .toNearestOrEven : .towardZero)
            }
        } else {
            let leastLambda = configuration.lambdaMinClipped ?? -.infinity
            let usedTimestepCount = schedule.lambdas.count(where: { $0 >= leastLambda })
            try configuration.check(
                "lambda_min_clipped",
                leastLambda,
                "less than \(schedule.lambdas[0])"
            ) { _ in usedTimestepCount > 0 }
            timesteps = try run.timesteps(
                spacing: .linspace,
                usedTimestepCount: usedTimestepCount,
                surplus: 1
            )
            sigmas = timesteps.map(schedule.sigma(at:))
        }
        levels = (sigmas.map(\.inFloat32) + [run.finalSigma(lowest: schedule.lowest)])
            .map(NoiseLevel.init(sigma:))
        inferenceStepCount = run.inferenceStepCount
        predictionType = run.predictionType
        solverOrder = try run.solverOrder()
        usesHeunSteps = configuration.solverType == .heun
        lowersOrderAtEnd = configuration.lowersOrderAtEnd ?? true
        usesEulerAtEnd = configuration.usesEulerAtEnd ?? false
    }

    func noiseLevel(at timestep: Double) -> NoiseLevel { levels[index(of: timestep)] }

    mutating func step(
        modelOutput: Tensor,
        timestep: Double,
        sample: Tensor,
        noise: () -> Tensor
    ) -> Tensor {
        let original = levels[stepIndex].original(
            from: modelOutput,
            sample: sample,
            type: predictionType
        )
        originals = originals.suffix(solverOrder - 1) + [original]
        defer { advance(past: timestep) }
        return update(sample, order: min(originals.count, highestOrder))
    }

    /// The order that the place in the run allows: short runs end with lower orders, and a step to
    /// no noise at all, where λ is infinite, is always of first order.
    private var highestOrder: Int {
        let remaining = timesteps.count - stepIndex
        let isShort = lowersOrderAtEnd && timesteps.count < 15
        let endsWithoutNoise = levels[levels.count - 1].noise == 0
        if remaining == 1, usesEulerAtEnd || isShort || endsWithoutNoise { return 1 }
        return remaining == 2 && isShort ? min(2, solverOrder) : solverOrder
    }

    // level[i] -> (α, σ) at s_i, h -> λ_t − λ_{s_0}, r0, r1 -> r_0, r_1, D0, D1, D2 -> D_0, D_1,
    // D_2; algorithm 2 and its third-order form, with φ = e^{−h} − 1.
    private func update(_ sample: Tensor, order: Int) -> Tensor {
        let (target, source) = (levels[stepIndex + 1], levels[stepIndex])
        let h = target.lambda - source.lambda
        let phi = expm1(-h)
        let last = originals.count - 1
        let first =
            (target.noise / source.noise) * sample - (target.signal * phi) * originals[last]
        guard order > 1 else { return first }

        let r0 = (source.lambda - levels[stepIndex - 1].lambda) / h
        let slope = (originals[last] - originals[last - 1]) / r0
        let slopeWeight = usesHeunSteps || order == 3 ? phi / h + 1 : -phi / 2
        guard order > 2 else { return first + (target.signal * slopeWeight) * slope }

        let r1 = (levels[stepIndex - 1].lambda - levels[stepIndex - 2].lambda) / h
        let olderSlope = (originals[last - 1] - originals[last - 2]) / r1
        let bend = (slope - olderSlope) / (r0 + r1)
        return first + (target.signal * slopeWeight) * (slope + r0 * bend)
            - (target.signal * ((phi + h) / (h * h) - 0.5)) * bend
    }
}
