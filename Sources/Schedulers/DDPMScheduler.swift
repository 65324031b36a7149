import Tensors

/// Ancestral sampling of denoising diffusion probabilistic models (Ho et al., arXiv:2006.11239).
struct DDPMScheduler: Scheduler {
    let timesteps: [Double]
    let inferenceStepCount: Int
    let initialNoiseSigma = 1.0
    var stepIndex = 0

    private let schedule: NoiseSchedule
    private let predictionType: PredictionType
    private let clipRange: Double?
    private let varianceType: SchedulerConfiguration.VarianceType

    init(_ run: SchedulerRun) throws(SchedulerError) {
        try run.requireInvertiblePrediction()
        timesteps = try run.timesteps(spacing: .leading)
        inferenceStepCount = run.inferenceStepCount
        schedule = run.schedule
        predictionType = run.predictionType
        clipRange = run.clipRange(clipsByDefault: true)
        varianceType = run.configuration.varianceType ?? .fixedSmall
    }

    func noiseLevel(at timestep: Double) -> NoiseLevel { schedule.level(at: Int(timestep)) }

    // alphaCumprod -> ᾱ_t, beta -> β_t, posteriorVariance -> β̃_t; equation (7).
    mutating func step(
        modelOutput: Tensor,
        timestep: Double,
        sample: Tensor,
        noise: () -> Tensor
    ) -> Tensor {
        advance(past: timestep)
        let alphaCumprod = schedule.alphasCumprod[Int(timestep)]
        let previousAlphaCumprod =
            stepIndex < timesteps.count ? schedule.alphasCumprod[Int(timesteps[stepIndex])] : 1
        let alpha = alphaCumprod / previousAlphaCumprod
        let beta = 1 - alpha

        var original = NoiseLevel(alphaCumprod: alphaCumprod)
            .original(from: modelOutput, sample: sample, type: predictionType)
        if let clipRange { original = original.clamp(min: -clipRange, max: clipRange) }

        let originalWeight = previousAlphaCumprod.squareRoot() * beta / (1 - alphaCumprod)
        let sampleWeight = alpha.squareRoot() * (1 - previousAlphaCumprod) / (1 - alphaCumprod)
        let mean = originalWeight * original + sampleWeight * sample
        guard timestep > 0 else { return mean }
        let posteriorVariance = (1 - previousAlphaCumprod) / (1 - alphaCumprod) * beta
        let variance =
            switch varianceType {
            case .fixedSmall, .fixedSmallLog: max(posteriorVariance, 1e-20)
            case .fixedLarge: beta
            }
        return mean + variance.squareRoot() * noise()
    }
}
