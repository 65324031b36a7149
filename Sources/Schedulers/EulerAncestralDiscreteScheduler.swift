import Tensors

/// Ancestral sampling: Euler's method to a level below the next one, then fresh noise up to it
/// (Song et al., arXiv:2011.13456, appendix F).
struct EulerAncestralDiscreteScheduler: SigmaScheduler {
    let timesteps: [Double]
    let inferenceStepCount: Int
    let initialNoiseSigma: Double
    var stepIndex = 0

    let sigmas: [Double]
    private let predictionType: PredictionType

    init(_ run: SchedulerRun) throws(SchedulerError) {
        try run.requirePrediction(.epsilon, .vPrediction)
        let levels = SigmaSchedule(run.schedule)
        timesteps = try run.timesteps(spacing: .linspace, isRounded: false)
        sigmas = timesteps.map { levels.sigma(at: $0).inFloat32 } + [0]
        inferenceStepCount = run.inferenceStepCount
        initialNoiseSigma = run.initialNoiseSigma(highest: sigmas[0], spacing: .linspace)
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
        let (variance, nextVariance) = (sigma * sigma, nextSigma * nextSigma)
        let freshVariance = nextVariance * (variance - nextVariance) / variance
        let lowerSigma = (nextVariance - freshVariance).squareRoot()
        let derivative = (sample - original) / sigma
        return sample + derivative * (lowerSigma - sigma) + freshVariance.squareRoot() * noise()
    }
}
