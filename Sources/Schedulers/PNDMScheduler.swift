import Tensors

/// Pseudo numerical methods for diffusion models (Liu et al., arXiv:2202.09778): a linear multistep
/// method, started by Runge-Kutta steps or, as in Stable Diffusion, by lower orders.
struct PNDMScheduler: Scheduler {
    let timesteps: [Double]
    let inferenceStepCount: Int
    let initialNoiseSigma = 1.0
    var stepIndex = 0

    private let schedule: NoiseSchedule
    private let predictionType: PredictionType
    private let finalAlphaCumprod: Double
    /// The timesteps that start with Runge-Kutta, four evaluations a step.
    private let rungeKuttaTimesteps: [Double]

    private var evaluationCount = 0
    private var outputs: [Tensor] = []
    private var startSample: Tensor?
    private var outputSum: Tensor?

    init(_ run: SchedulerRun) throws(SchedulerError) {
        try run.requirePrediction(.epsilon, .vPrediction)
        try run.requireTerminalSignal()
        schedule = run.schedule
        predictionType = run.predictionType
        inferenceStepCount = run.inferenceStepCount
        let endsAtOne = run.configuration.setsAlphaToOne ?? false
        finalAlphaCumprod = endsAtOne ? 1 : schedule.alphasCumprod[0]
        let spaced = try run.timesteps(spacing: .leading)
        if run.configuration.skipsPRKSteps ?? false {
            rungeKuttaTimesteps = []
            // The second timestep is evaluated twice, to correct the first step.
            timesteps = Array(spaced.prefix(2)) + spaced.dropFirst()
        } else {
            try run.configuration.check(
                "inference step count",
                spaced.count,
                "4 or more with Runge-Kutta steps"
            ) { $0 >= 4 }
            let half = Double(schedule.trainTimestepCount / inferenceStepCount / 2)
            rungeKuttaTimesteps = (0..<3).flatMap { index in
                let (start, end) = (spaced[index], spaced[index + 1])
                return [start, end + half, end + half, end]
            }
            timesteps = rungeKuttaTimesteps + spaced.dropFirst(3)
        }
    }

    func noiseLevel(at timestep: Double) -> NoiseLevel { schedule.level(at: Int(timestep)) }

    mutating func step(
        modelOutput: Tensor,
        timestep: Double,
        sample: Tensor,
        noise: () -> Tensor
    ) -> Tensor {
        advance(past: timestep)
        defer { evaluationCount += 1 }
        return evaluationCount < rungeKuttaTimesteps.count
            ? rungeKuttaStep(modelOutput, timestep: Int(timestep), sample: sample)
            : multistep(modelOutput, timestep: Int(timestep), sample: sample)
    }

    /// One of four evaluations of a classical Runge-Kutta step; equation (13).
    private mutating func rungeKuttaStep(
        _ modelOutput: Tensor,
        timestep: Int,
        sample: Tensor
    ) -> Tensor {
        let stage = evaluationCount % 4
        let halfStep = schedule.trainTimestepCount / inferenceStepCount / 2
        let target = stage % 2 == 0 ? timestep - halfStep : timestep
        let start = Int(rungeKuttaTimesteps[evaluationCount / 4 * 4])
        if stage == 0 {
            outputs.append(modelOutput)
            startSample = sample
        }
        let weighted = modelOutput * (stage == 0 || stage == 3 ? 1 / 6.0 : 1 / 3.0)
        let sum = outputSum.map { $0 + weighted } ?? weighted
        outputSum = stage == 3 ? nil : sum
        return transferred(
            startSample ?? sample,
            from: start,
            to: target,
            modelOutput: stage == 3 ? sum : modelOutput
        )
    }

    /// A step of the linear multistep method; equation (12), with Adams-Bashforth weights of the
    /// order that the outputs so far allow.
    private mutating func multistep(
        _ modelOutput: Tensor,
        timestep: Int,
        sample: Tensor
    ) -> Tensor {
        let stepLength = schedule.trainTimestepCount / inferenceStepCount
        if evaluationCount == 1, let startSample, let first = outputs.last {
            self.startSample = nil
            return transferred(
                startSample,
                from: timestep + stepLength,
                to: timestep,
                modelOutput: (modelOutput + first) / 2
            )
        }
        outputs = outputs.suffix(3) + [modelOutput]
        let last = outputs.count - 1
        let combined: Tensor
        switch outputs.count {
        case 1:
            startSample = sample
            combined = modelOutput
        case 2:
            combined = (3 * modelOutput - outputs[last - 1]) / 2
        case 3:
            combined = (23 * modelOutput - 16 * outputs[last - 1] + 5 * outputs[last - 2]) / 12
        default:
            let sum = 55 * modelOutput - 59 * outputs[last - 1] + 37 * outputs[last - 2]
            combined = (sum - 9 * outputs[last - 3]) / 24
        }
        return transferred(
            sample,
            from: timestep,
            to: timestep - stepLength,
            modelOutput: combined
        )
    }

    /// The sample moved between two timesteps along a network output; equation (9).
    private func transferred(
        _ sample: Tensor,
        from start: Int,
        to end: Int,
        modelOutput: Tensor
    ) -> Tensor {
        let last = schedule.trainTimestepCount - 1
        let alphaCumprod = schedule.alphasCumprod[min(start, last)]
        let target = end >= 0 ? schedule.alphasCumprod[end] : finalAlphaCumprod
        let gaussian = NoiseLevel(alphaCumprod: alphaCumprod)
            .gaussian(from: modelOutput, sample: sample, type: predictionType)
        let divisor =
            alphaCumprod * (1 - target).squareRoot()
            + (alphaCumprod * (1 - alphaCumprod) * target).squareRoot()
        return (target / alphaCumprod).squareRoot() * sample
            - ((target - alphaCumprod) / divisor) * gaussian
    }
}
