import Tensors

/// Heun's method on the probability flow: each Euler step is taken again with the mean of the
/// slopes at both of its ends (Karras et al., arXiv:2206.00364, algorithm 2 with S_churn = 0).
struct HeunDiscreteScheduler: SigmaScheduler {
    let timesteps: [Double]
    let inferenceStepCount: Int
    let order = 2
    let initialNoiseSigma: Double
    var stepIndex = 0

    let sigmas: [Double]
    private let predictionType: PredictionType
    private let clipRange: Double?
    /// The Euler step that the next evaluation corrects.
    private var pending: (sample: Tensor, derivative: Tensor, difference: Double)?

    init(_ run: SchedulerRun) throws(SchedulerError) {
        try run.requireTerminalSignal()
        let levels = SigmaSchedule(run.schedule)
        var spaced = try run.timesteps(spacing: .linspace, isRounded: false)
        var sigmas = spaced.map(levels.sigma(at:))
        if run.configuration.usesKarrasSigmas ?? false {
            sigmas = try run.karrasSigmas(highest: sigmas[0], lowest: sigmas[sigmas.count - 1])
            spaced = sigmas.map { levels.timestep(of: $0).inFloat32 }
        }
        // Every level but the first is evaluated twice: to correct the step that led there, and to
        // leave.
        timesteps = Array(spaced.prefix(1)) + spaced.dropFirst().flatMap { [$0, $0] }
        self.sigmas =
            sigmas.prefix(1).map(\.inFloat32)
            + sigmas.dropFirst().flatMap { [$0.inFloat32, $0.inFloat32] } + [0]
        inferenceStepCount = run.inferenceStepCount
        initialNoiseSigma = run.initialNoiseSigma(highest: self.sigmas[0], spacing: .linspace)
        predictionType = run.predictionType
        clipRange = run.clipRange(clipsByDefault: false)
    }

    mutating func step(
        modelOutput: Tensor,
        timestep: Double,
        sample: Tensor,
        noise: () -> Tensor
    ) -> Tensor {
        let (sigma, nextSigma) = (sigmas[stepIndex], sigmas[stepIndex + 1])
        advance(past: timestep)
        var original = NoiseLevel(signal: 1, noise: sigma)
            .original(from: modelOutput, sample: sample, type: predictionType)
        if let clipRange { original = original.clamp(min: -clipRange, max: clipRange) }
        let derivative = (sample - original) / sigma

        if let start = pending {
            pending = nil
            return start.sample + (start.derivative + derivative) / 2 * start.difference
        }
        pending = (sample, derivative, nextSigma - sigma)
        return sample + derivative * (nextSigma - sigma)
    }
}
