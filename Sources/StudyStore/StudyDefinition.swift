public import ReaderStudy

/// What is fixed when a study is made: what readers are shown, asked and told.
public struct StudyDefinition: Sendable, Equatable, Codable {
    /// The name, which is also the folder's: 1 to 64 of a-z, 0-9, "-" and "_".
    public var name: String
    /// What readers see as the heading.
    ///
    /// It must not give the purpose away where `impressionCount` is above 0.
    public var title: String
    /// The answers offered, in the order of the keys 1, 2 and 3; at least real and fake.
    public var labels: [Answer]
    /// The number of steps of the confidence scale, 2 to 9, or nil where it is not asked.
    public var confidenceLevels: Int?
    /// Whether readers describe each image.
    public var asksDescription: Bool
    /// Words that a reader can add to a description with one click.
    public var regionTerms: [String]
    /// Seed, blocks and repeats of every reader's order; a block is one reading session.
    public var order: ReadingOrder.Design
    /// The least number of days from the last answer of a session to the next session.
    public var washoutDays: Int
    /// Whether readers may go back and change answers.
    public var allowsRevision: Bool
    /// How many images are judged for their quality before readers learn the purpose.
    public var impressionCount: Int
    /// Whether readers look at grey steps first, once per device.
    public var checksScreen: Bool
    /// What readers agree to before the first image; paragraphs are separated by an empty line.
    public var consent: String
    /// What readers are told between the first impressions and the question real or fake.
    public var disclosure: String

    /// Creates a definition; every value can be left at its default but the name.
    public init(
        name: String,
        title: String = "Reading study",
        labels: [Answer] = [.real, .fake, .uncertain],
        confidenceLevels: Int? = nil,
        asksDescription: Bool = false,
        regionTerms: [String] = [],
        order: ReadingOrder.Design = ReadingOrder.Design(seed: 0),
        washoutDays: Int = 0,
        allowsRevision: Bool = false,
        impressionCount: Int = 0,
        checksScreen: Bool = true,
        consent: String = defaultConsent,
        disclosure: String = defaultDisclosure
    ) {
        self.name = name
        self.title = title
        self.labels = labels
        self.confidenceLevels = confidenceLevels
        self.asksDescription = asksDescription
        self.regionTerms = regionTerms
        self.order = order
        self.washoutDays = washoutDays
        self.allowsRevision = allowsRevision
        self.impressionCount = impressionCount
        self.checksScreen = checksScreen
        self.consent = consent
        self.disclosure = disclosure
    }

    /// Words of consent that say nothing of the purpose.
    public static let defaultConsent = """
        You will see medical images one after the other and answer a few questions about each.

        Your answers and the time you take are stored under your reader name and used for research. \
        Nothing here is for diagnosis. Taking part is voluntary, and you can stop at any time.
        """

    /// Words that tell the purpose.
    public static let defaultDisclosure = """
        Some of the images in this study were taken from patients, and some were made by a computer model.

        From here on, please say of each image which of the two you take it for.
        """
}

extension StudyDefinition {
    /// Throws unless every value is one that a study can have.
    ///
    /// - Parameter caseCount: the number of images of the study.
    /// - Throws: `StudyStoreError.invalidName` or `.invalidDefinition`.
    func validate(caseCount: Int) throws(StudyStoreError) {
        try StudyFolder.check(name: name)
        try Self.check(title, "title", lengths: 1...200)
        try Self.check(consent, "consent", lengths: 1...20_000)
        try Self.check(disclosure, "disclosure", lengths: 1...20_000)
        guard Set(labels).count == labels.count, labels.contains(.real), labels.contains(.fake)
        else {
            throw .invalidDefinition(
                field: "labels",
                found: labels.map(\.rawValue).joined(separator: ","),
                allowed: "real and fake, and perhaps uncertain, each once"
            )
        }
        if let confidenceLevels {
            try Self.check(confidenceLevels, "confidenceLevels", 2...9)
        }
        try Self.check(regionTerms.count, "number of region terms", 0...60)
        for term in regionTerms { try Self.check(term, "region term", lengths: 1...60) }
        guard Set(regionTerms).count == regionTerms.count else {
            throw .invalidDefinition(
                field: "regionTerms",
                found: "a term twice",
                allowed: "each term once"
            )
        }
        try Self.check(washoutDays, "washoutDays", 0...3650)
        try Self.check(impressionCount, "impressionCount", 0...caseCount)
    }

    private static func check(
        _ value: Int,
        _ field: String,
        _ range: ClosedRange<Int>
    ) throws(StudyStoreError) {
        guard range.contains(value) else {
            throw .invalidDefinition(
                field: field,
                found: "\(value)",
                allowed: "\(range.lowerBound) to \(range.upperBound)"
            )
        }
    }

    private static func check(
        _ text: String,
        _ field: String,
        lengths: ClosedRange<Int>
    ) throws(StudyStoreError) {
        guard lengths.contains(text.count) else {
            throw .invalidDefinition(
                field: field,
                found: "\(text.count) characters",
                allowed: "\(lengths.lowerBound) to \(lengths.upperBound) characters"
            )
        }
    }
}
