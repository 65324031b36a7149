/// How a UNet learns to undo noise: the settings that training from nothing and fine-tuning share.
public struct DiffusionSettings: Codable, Equatable, Sendable {
    /// How the parameters are moved.
    public var optimization = OptimizationConfiguration()
    /// The share of captions left empty, for classifier-free guidance (arXiv:2207.12598).
    public var captionDropout = 0.1
    /// The signal-to-noise ratio above which the loss of a timestep grows no further (arXiv:2303.09556); 0 weighs
    /// all timesteps alike.
    public var minSNRGamma = 5.0
    /// Exponent of a class's size in the probability of its being drawn: 0 evenly, 1 by its images.
    public var classBalance = 0.4
    /// How many times as often as that a class is drawn, by modality and anatomy as the manifest has them, such as
    /// "XR shoulder"; once, where nothing is said.
    public var classWeights: [String: Double] = [:]
    /// The share of noise that is the same at every position of a channel, with which a model learns to draw
    /// very dark and very bright images; 0.05 to 0.1 are usual.
    public var noiseOffset = 0.0
    /// The weight of the loss of images that the model is not to forget, where there are such.
    public var priorWeight = 1.0
    /// Whether activations are computed a second time for the gradient instead of being kept, which takes a third
    /// more time and a fraction of the memory.
    public var recomputesActivations = false
    /// How the run is looked at while it goes on.
    public var validation = ValidationSettings()

    /// The defaults.
    public init() {}

    /// Checks what would end a run in its middle, or teach nothing.
    ///
    /// - Throws: `TrainingError.invalidSetting`.
    public func validate() throws(TrainingError) {
        try optimization.validate()
        try validation.validate()
        for (name, weight) in classWeights where !(weight > 0 && weight <= 1e3) {
            throw .invalidSetting(
                name: "classWeights.\(name)",
                value: "\(weight)",
                requirement: "more than 0, and 1000 at most"
            )
        }
        for (name, value, range) in [
            ("captionDropout", captionDropout, 0...1), ("minSNRGamma", minSNRGamma, 0...1e6),
            ("classBalance", classBalance, 0...1), ("noiseOffset", noiseOffset, 0...1),
            ("priorWeight", priorWeight, 0...1e3),
        ] where !range.contains(value) {
            throw .invalidSetting(
                name: name,
                value: "\(value)",
                requirement: "\(range.lowerBound) to \(range.upperBound)"
            )
        }
    }

    /// Checks that there are images of each class that is to be drawn more or less often.
    ///
    /// - Throws: `TrainingError.invalidSetting`.
    public func requireClasses(of images: [LabelledImage]) throws(TrainingError) {
        let known = Set(images.map(\.imageClass)).sorted()
        for name in classWeights.keys.sorted() where !known.contains(name) {
            throw .invalidSetting(
                name: "classWeights",
                value: "\"\(name)\"",
                requirement: "one of " + known.joined(separator: ", ")
            )
        }
    }
}
