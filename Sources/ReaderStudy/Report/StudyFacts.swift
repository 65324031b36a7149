/// What a report says of a study beside its figures: how it was made, shown and kept blind.
public struct StudyFacts: Sendable, Equatable, Codable {
    /// Where images came from and how they were made alike.
    public struct Preparation: Sendable, Equatable, Codable {
        /// The folder or query of the real images; nil where there are none.
        public var realSource: String?
        /// The folder or query of the synthetic images.
        public var syntheticSource: String
        /// Columns and rows of the shown images.
        public var side: Int
        /// The percentiles of a picture's samples that are shown black and white.
        public var windowPercentiles: [Double]
        /// The confound check of the files as they came; nil without real images.
        public var originals: ConfoundCheck?
        /// The confound check of the images as they were shown.
        public var matched: ConfoundCheck?
        /// The version of the software.
        public var softwareVersion: String
        /// The generator of each synthetic image whose file tells it.
        public var models: [String: String]
        /// The model whose autoencoder the real images went through; nil where they did not.
        public var realThrough: String?

        /// Creates a preparation.
        public init(
            realSource: String?,
            syntheticSource: String,
            side: Int,
            windowPercentiles: [Double],
            originals: ConfoundCheck? = nil,
            matched: ConfoundCheck? = nil,
            softwareVersion: String,
            models: [String: String] = [:],
            realThrough: String? = nil
        ) {
            self.realSource = realSource
            self.syntheticSource = syntheticSource
            self.side = side
            self.windowPercentiles = windowPercentiles
            self.originals = originals
            self.matched = matched
            self.softwareVersion = softwareVersion
            self.models = models
            self.realThrough = realThrough
        }
    }

    /// A look at the results before the study was closed.
    public struct Look: Sendable, Equatable, Codable {
        /// When, as ISO 8601 has it.
        public var date: String
        /// The answers that were in by then.
        public var answerCount: Int

        /// Creates a look.
        public init(date: String, answerCount: Int) {
            self.date = date
            self.answerCount = answerCount
        }
    }

    /// The study's name.
    public var name: String
    /// Its title.
    public var title: String
    /// When the report was made, as ISO 8601 has it.
    public var reportDate: String
    /// When the study was closed; nil while it is open.
    public var closingDate: String?
    /// The answers offered.
    public var labels: [Answer]
    /// Steps of the confidence scale, or nil.
    public var confidenceLevels: Int?
    /// Whether readers described the images.
    public var asksDescription: Bool
    /// Whether readers could change answers.
    public var allowsRevision: Bool
    /// Images judged for quality before readers learnt the purpose.
    public var impressionCount: Int
    /// Whether readers checked their screens.
    public var checksScreen: Bool
    /// Seed, sessions and repeats of the orders.
    public var order: ReadingOrder.Design
    /// Days between sessions.
    public var washoutDays: Int
    /// How the images were made alike, where it is known.
    public var preparation: Preparation?
    /// Looks before the closing.
    public var earlyLooks: [Look]
    /// How often the study was opened again after a closing, when results could be seen.
    public var reopeningCount: Int

    /// Creates facts.
    public init(
        name: String,
        title: String,
        reportDate: String,
        closingDate: String?,
        labels: [Answer] = Answer.allCases,
        confidenceLevels: Int? = nil,
        asksDescription: Bool = false,
        allowsRevision: Bool = false,
        impressionCount: Int = 0,
        checksScreen: Bool = true,
        order: ReadingOrder.Design,
        washoutDays: Int = 0,
        preparation: Preparation? = nil,
        earlyLooks: [Look] = [],
        reopeningCount: Int = 0
    ) {
        self.name = name
        self.title = title
        self.reportDate = reportDate
        self.closingDate = closingDate
        self.labels = labels
        self.confidenceLevels = confidenceLevels
        self.asksDescription = asksDescription
        self.allowsRevision = allowsRevision
        self.impressionCount = impressionCount
        self.checksScreen = checksScreen
        self.order = order
        self.washoutDays = washoutDays
        self.preparation = preparation
        self.earlyLooks = earlyLooks
        self.reopeningCount = reopeningCount
    }
}
