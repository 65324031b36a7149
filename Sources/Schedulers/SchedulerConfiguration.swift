/// The options of scheduler_config.json, as diffusers writes it.
///
/// An absent option has the default of the diffusers class that is made from it. That is why all
/// are optional: the same file makes any scheduler.
public struct SchedulerConfiguration: Sendable, Hashable, Encodable {
    /// The diffusers class that the model was saved with, such as `PNDMScheduler`.
    public var className: String?
    /// The timesteps of training.
    public var trainTimestepCount: Int?
    /// The first β.
    public var betaStart: Double?
    /// The last β.
    public var betaEnd: Double?
    /// How β grows.
    public var betaSchedule: BetaSchedule?
    /// Every β, in place of the three options above.
    public var trainedBetas: [Double]?
    /// What the network predicts.
    public var predictionType: PredictionType?
    /// Where the steps of a run lie.
    public var timestepSpacing: TimestepSpacing?
    /// What `TimestepSpacing.leading` adds to each timestep.
    public var stepsOffset: Int?
    /// Whether β is rescaled so that nothing of the data is left at the last timestep.
    public var rescalesBetasToZeroSNR: Bool?
    /// Whether the last step of DDIM and PNDM ends at ᾱ = 1 and not at that of timestep 0.
    public var setsAlphaToOne: Bool?
    /// Whether PNDM starts without Runge-Kutta steps.
    public var skipsPRKSteps: Bool?
    /// Whether the predicted clean data are clipped (DDPM, DDIM, Heun).
    public var clipsSample: Bool?
    /// The largest magnitude that clipping leaves.
    public var clipSampleRange: Double?
    /// The variance of DDPM's noise.
    public var varianceType: VarianceType?
    /// Whether noise levels follow Karras et al.
    public var usesKarrasSigmas: Bool?
    /// The lowest Karras level, in place of the schedule's.
    public var sigmaMin: Double?
    /// The highest Karras level, in place of the schedule's.
    public var sigmaMax: Double?
    /// The noise level at the end.
    public var finalSigmasType: FinalSigmasType?
    /// The order of DPM-Solver++ and UniPC, 1 to 3.
    public var solverOrder: Int?
    /// The variant of DPM-Solver++ or UniPC.
    public var solverType: SolverType?
    /// Whether the order falls towards the end of a short run.
    public var lowersOrderAtEnd: Bool?
    /// Whether the last step of DPM-Solver++ is of first order.
    public var usesEulerAtEnd: Bool?
    /// The least λ = log(signal / noise) that DPM-Solver++ uses; the cosine schedule needs about
    /// −5.1.
    public var lambdaMinClipped: Double?
    /// The steps that UniPC does not correct.
    public var disabledCorrectorSteps: [Int]?
    /// Known options of diffusers, with their values, that no scheduler here takes.
    var unsupportedOptions: [UnsupportedOption] = []

    /// A configuration of defaults only.
    public init() {}

    enum CodingKeys: String, CodingKey {
        case className = "_class_name"
        case trainTimestepCount = "num_train_timesteps"
        case betaStart = "beta_start"
        case betaEnd = "beta_end"
        case betaSchedule = "beta_schedule"
        case trainedBetas = "trained_betas"
        case predictionType = "prediction_type"
        case timestepSpacing = "timestep_spacing"
        case stepsOffset = "steps_offset"
        case rescalesBetasToZeroSNR = "rescale_betas_zero_snr"
        case setsAlphaToOne = "set_alpha_to_one"
        case skipsPRKSteps = "skip_prk_steps"
        case clipsSample = "clip_sample"
        case clipSampleRange = "clip_sample_range"
        case varianceType = "variance_type"
        case usesKarrasSigmas = "use_karras_sigmas"
        case sigmaMin = "sigma_min"
        case sigmaMax = "sigma_max"
        case finalSigmasType = "final_sigmas_type"
        case solverOrder = "solver_order"
        case solverType = "solver_type"
        case lowersOrderAtEnd = "lower_order_final"
        case usesEulerAtEnd = "euler_at_final"
        case lambdaMinClipped = "lambda_min_clipped"
        case disabledCorrectorSteps = "disable_corrector"
    }

    /// The variance of DDPM's noise (Ho et al., arXiv:2006.11239, section 3.2).
    public enum VarianceType: String, Sendable, Codable, CaseIterable {
        /// The posterior variance β̃.
        case fixedSmall = "fixed_small"
        /// The same, taken through its logarithm.
        case fixedSmallLog = "fixed_small_log"
        /// β itself.
        case fixedLarge = "fixed_large"
    }

    /// The variants of the multistep solvers.
    public enum SolverType: String, Sendable, Codable, CaseIterable {
        /// DPM-Solver++ with midpoint steps.
        case midpoint
        /// DPM-Solver++ with Heun's steps.
        case heun
        /// UniPC with B(h) = h.
        case bh1
        /// UniPC with B(h) = e^h − 1.
        case bh2
        /// A solver of another class; each class takes its own default.
        case logrho
    }
}

extension SchedulerConfiguration {
    /// The variances of training, validated.
    func betas() throws(SchedulerError) -> [Double] {
        let count = trainTimestepCount ?? 1000
        if let trainedBetas {
            try check("trained_betas", trainedBetas.count, "as many values as num_train_timesteps")
            {
                $0 == count && count > 0
            }
            for beta in trainedBetas {
                try check("trained_betas", beta, "0 <= β < 1") { 0..<1 ~= $0 }
            }
            return trainedBetas.map(\.inFloat32)
        }
        let (start, end) = (betaStart ?? 0.0001, betaEnd ?? 0.02)
        try check("num_train_timesteps", count, "1 to 100000") { 1...100_000 ~= $0 }
        try check("beta_start", start, "0 < β < 1") { $0 > 0 && $0 < 1 }
        try check("beta_end", end, "beta_start <= β < 1") { $0 >= start && $0 < 1 }
        return (betaSchedule ?? .linear).betas(count: count, start: start, end: end)
    }

    /// Throws where the value does not hold what is expected of it.
    func check<Value>(
        _ key: String,
        _ value: Value,
        _ expected: String,
        _ isValid: (Value) -> Bool
    ) throws(SchedulerError) {
        guard !isValid(value) else { return }
        throw .invalidValue(key: key, value: "\(value)", expected: expected)
    }
}
