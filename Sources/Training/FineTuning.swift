/// The settings of a run that begins with a finished model.
public struct FineTuning: Codable, Equatable, Sendable {
    /// How it is trained; in JSON its keys stand beside the others.
    public var settings = DiffusionSettings()
    /// Whether the text encoder learns too.
    public var trainsTextEncoder = false
    /// Width and height of the images in pixels; 0 takes those that the model was trained on.
    public var side = 0
    /// Whether images keep about their shape, instead of being cropped to squares.
    ///
    /// Their area is that of a square of `side`, and those of a batch have one shape.
    public var usesAspectBuckets = false
    /// What learns in place of the model's own weights; nil trains all of these.
    public var lora: LowRankSettings?

    /// All weights of the UNet learn, slowly.
    public init() {
        settings.optimization.stepCount = 2_000
        settings.optimization.batchSize = 4
        settings.optimization.learningRate = 1e-5
        settings.optimization.warmupStepCount = 100
    }

    /// Low-rank changes learn, and nothing else.
    public static var lowRank: FineTuning {
        var fineTuning = FineTuning()
        fineTuning.lora = LowRankSettings()
        fineTuning.settings.optimization.stepCount = 1_000
        fineTuning.settings.optimization.batchSize = 1
        fineTuning.settings.optimization.accumulationCount = 4
        fineTuning.settings.optimization.learningRate = 1e-4
        fineTuning.settings.optimization.emaDecay = 0.99
        fineTuning.settings.validation.interval = 250
        return fineTuning
    }

    private enum CodingKeys: String, CodingKey {
        case trainsTextEncoder, side, usesAspectBuckets, lora
    }

    /// Reads the settings, those of training from the same object.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        settings = try DiffusionSettings(from: decoder)
        trainsTextEncoder = try container.decode(Bool.self, forKey: .trainsTextEncoder)
        side = try container.decode(Int.self, forKey: .side)
        usesAspectBuckets = try container.decode(Bool.self, forKey: .usesAspectBuckets)
        lora = try container.decodeIfPresent(LowRankSettings.self, forKey: .lora)
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try settings.encode(to: encoder)
        try container.encode(trainsTextEncoder, forKey: .trainsTextEncoder)
        try container.encode(side, forKey: .side)
        try container.encode(usesAspectBuckets, forKey: .usesAspectBuckets)
        try container.encodeIfPresent(lora, forKey: .lora)
    }
}
