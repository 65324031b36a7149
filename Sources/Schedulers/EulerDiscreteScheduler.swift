import Tensors

/// Euler's method on the probability flow: data plus σ times noise, σ falling to zero.
///
/// - SeeAlso: Karras, Aittala, Aila and Laine, arXiv:2206.00364, algorithm 2 with S_churn = 0 and
///   without its correction.
struct EulerDiscreteScheduler: SigmaScheduler {
    let timesteps: [Double]
    let inferenceStepCount: Int
    let initialNoiseSigma: Double
    var stepIndex = 0

    let sigmas: [Double]
    private let predictionType: PredictionType

    init(_ run: SchedulerRun) throws(SchedulerError) {
        let levels = SigmaSchedule(run.schedule)
        let spaced = try run.timesteps(spacing: .linspace, isRounded: false)
        var sigmas = spaced.map(levels.sigma(at:))
        if run.configuration.usesKarrasSigmas ?? false {
            sigmas = try run.karrasSigmas(highest: sigmas[0], lowest: sigmas[sigmas.count - 1])
            timesteps = sigmas.map { levels.timestep(of: $0).inFloat32 }
        } else {
            timesteps = spaced
        }
        self.sigmas = sigmas.map(\.inFloat32) + [run.finalSigma(lowest: levels.lowest)]
        inferenceStepCount = run.inferenceStepCount
        initialNoiseSigma = run.initialNoiseSigma(highest: self.sigmas[0], spacing: .linspace)
        predictionType = run.predictionType
    }

    mutating func step(
        modelOutput: Tensor,
        timestep: Double,
        sample: Tensor,
        noise: () -> Tensor
    ) -> Tensor {
        let (sigma, nextSigma) = (sigmas[stepIndex], sigmas[stepIndex + 1])
        advance(past: timestep)
        let original = NoiseLevel(signal: 1, noise: sigma)
            .original(from: modelOutput, sample: sample, type: predictionType)
        let derivative = (sample - original) / sigma
        return sample + derivative * (nextSigma - sigma)
    }
}
