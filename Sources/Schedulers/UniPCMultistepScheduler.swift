import Foundation
import Tensors

/// UniPC on predicted clean data: a multistep predictor whose last sample is corrected once the
/// network has seen it, without a further evaluation (Zhao et al., arXiv:2302.04867).
struct UniPCMultistepScheduler: Scheduler {
    let timesteps: [Double]
    let inferenceStepCount: Int
    let initialNoiseSigma = 1.0
    var stepIndex = 0

    /// The level of each element of `timesteps`, then that of the end.
    private let levels: [NoiseLevel]
    private let predictionType: PredictionType
    private let solverOrder: Int
    private let usesPlainStep: Bool
    private let lowersOrderAtEnd: Bool
    private let disabledCorrectorSteps: Set<Int>
    /// The predicted clean data of the latest steps, oldest first.
    private var originals: [Tensor] = []
    /// Where the last prediction started, and with which order.
    private var last: (sample: Tensor, order: Int)?

    init(_ run: SchedulerRun) throws(SchedulerError) {
        let configuration = run.configuration
        let schedule = SigmaSchedule(run.schedule)
        let sigmas: [Double]
        var finalSigma = run.finalSigma(lowest: schedule.lowest)
        if configuration.usesKarrasSigmas ?? false {
            sigmas = try run.karrasSigmas(highest: schedule.highest, lowest: schedule.lowest)
            timesteps = sigmas.map { schedule.timestep(of: $0).rounded(.toNearestOrEven) }
            if finalSigma > 0 { finalSigma = sigmas[sigmas.count - 1].inFloat32 }
        } else {
            timesteps = try run.timesteps(spacing: .linspace, surplus: 1)
            sigmas = timesteps.map(schedule.sigma(at:))
        }
        levels = (sigmas.map(\.inFloat32) + [finalSigma]).map(NoiseLevel.init(sigma:))
        inferenceStepCount = run.inferenceStepCount
        predictionType = run.predictionType
        solverOrder = try run.solverOrder()
        usesPlainStep = configuration.solverType == .bh1
        lowersOrderAtEnd = configuration.lowersOrderAtEnd ?? true
        disabledCorrectorSteps = Set(configuration.disabledCorrectorSteps ?? [])
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
        var sample = sample
        if let last, !disabledCorrectorSteps.contains(stepIndex - 1) {
            sample = update(
                last.sample,
                to: stepIndex,
                order: last.order,
                correction: original
            )
        }
        originals = originals.suffix(solverOrder - 1) + [original]
        let isLast = levels[stepIndex + 1].noise == 0
        let remaining = lowersOrderAtEnd ? timesteps.count - stepIndex : solverOrder
        let order = isLast ? 1 : min(solverOrder, remaining, originals.count)
        last = (sample, order)
        defer { advance(past: timestep) }
        return update(sample, to: stepIndex + 1, order: order, correction: nil)
    }

    // target, source -> (α, σ) at t and s_0, h -> λ_t − λ_{s_0} (negated: data are predicted, not
    // noise), ratios -> r_m, weights -> the a_m of UniP and UniC, scale -> B(h).
    private func update(
        _ sample: Tensor,
        to targetIndex: Int,
        order: Int,
        correction: Tensor?
    ) -> Tensor {
        let (target, source) = (levels[targetIndex], levels[targetIndex - 1])
        let h = -(target.lambda - source.lambda)
        let phi = expm1(h)
        let scale = usesPlainStep ? h : phi
        let latest = originals[originals.count - 1]
        let first = (target.noise / source.noise) * sample - (target.signal * phi) * latest

        var ratios: [Double] = []
        var slopes: [Tensor] = []
        for index in 1..<order {
            let ratio = (levels[targetIndex - 1 - index].lambda - source.lambda) / -h
            ratios.append(ratio)
            slopes.append((originals[originals.count - 1 - index] - latest) / ratio)
        }
        if let correction {
            ratios.append(1)
            slopes.append(correction - latest)
        }
        // The lowest orders have a fixed weight, as in the authors' code.
        let isFixed = correction == nil ? order == 2 : order == 1
        let weights = isFixed ? [0.5] : Self.weights(ratios, h: h, phi: phi, scale: scale)
        return zip(weights, slopes).reduce(first) { sum, term in
            sum - (target.signal * scale * term.0) * term.1
        }
    }

    /// The solution of Σ_m r_m^{k−1} a_m = k! φ_{k+1}(h) h / B(h) for k = 1, 2, ….
    private static func weights(
        _ ratios: [Double],
        h: Double,
        phi: Double,
        scale: Double
    ) -> [Double] {
        var (term, factorial) = (phi / h - 1, 1.0)
        var rows = ratios.indices.map { power -> [Double] in
            defer {
                factorial *= Double(power + 2)
                term = term / h - 1 / factorial
            }
            return ratios.map { ratio in (0..<power).reduce(1) { product, _ in product * ratio } }
                + [term * factorial / scale]
        }
        // Gauss-Jordan elimination; the ratios differ, so that no pivot of the Vandermonde matrix
        // is zero.
        for pivot in rows.indices {
            let divisor = rows[pivot][pivot]
            rows[pivot] = rows[pivot].map { $0 / divisor }
            for other in rows.indices where other != pivot {
                let factor = rows[other][pivot]
                rows[other] = zip(rows[other], rows[pivot]).map { $0 - factor * $1 }
            }
        }
        return rows.map { $0[rows.count] }
    }
}
