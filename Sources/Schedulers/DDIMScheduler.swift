import Tensors

/// Denoising diffusion implicit models, deterministic when `eta` is 0 (Song et al.,
/// arXiv:2010.02502).
struct DDIMScheduler: Scheduler {
    let timesteps: [Double]
    let inferenceStepCount: Int
    let initialNoiseSigma = 1.0
    var stepIndex = 0

    private let schedule: NoiseSchedule
    private let predictionType: PredictionType
    private let clipRange: Double?
    private let finalAlphaCumprod: Double
    private let eta: Double

    init(_ run: SchedulerRun, eta: Double) throws(SchedulerError) {
        try run.requireInvertiblePrediction()
        try run.configuration.check("eta", eta, "0 to 1") { 0...1 ~= $0 }
        timesteps = try run.timesteps(spacing: .leading)
        inferenceStepCount = run.inferenceStepCount
        schedule = run.schedule
        predictionType = run.predictionType
        clipRange = run.clipRange(clipsByDefault: true)
        let endsAtOne = run.configuration.setsAlphaToOne ?? true
        finalAlphaCumprod = endsAtOne ? 1 : schedule.alphasCumprod[0]
        self.eta = eta
    }

    func noiseLevel(at timestep: Double) -> NoiseLevel { schedule.level(at: Int(timestep)) }

    // alphaCumprod -> ᾱ_t (the paper's α_t), original -> f_θ(x_t, t), gaussian -> ε_θ(x_t, t),
    // deviation -> σ_t(η); equations (12) and (16).
    mutating func step(
        modelOutput: Tensor,
        timestep: Double,
        sample: Tensor,
        noise: () -> Tensor
    ) -> Tensor {
        advance(past: timestep)
        let alphaCumprod = schedule.alphasCumprod[Int(timestep)]
        let previous = Int(timestep) - schedule.trainTimestepCount / inferenceStepCount
        let previousAlphaCumprod =
            previous >= 0 ? schedule.alphasCumprod[previous] : finalAlphaCumprod
        let level = NoiseLevel(alphaCumprod: alphaCumprod)

        var original = level.original(from: modelOutput, sample: sample, type: predictionType)
        let gaussian = level.gaussian(from: modelOutput, sample: sample, type: predictionType)
        if let clipRange { original = original.clamp(min: -clipRange, max: clipRange) }

        let variance =
            (1 - previousAlphaCumprod) / (1 - alphaCumprod)
            * (1 - alphaCumprod / previousAlphaCumprod)
        let deviation = eta * variance.squareRoot()
        let direction = (1 - previousAlphaCumprod - deviation * deviation).squareRoot()
        let mean = previousAlphaCumprod.squareRoot() * original + direction * gaussian
        return eta > 0 ? mean + deviation * noise() : mean
    }
}
