/// What an image is: taken from a patient or made by a model.
public enum Truth: String, Sendable, Codable, CaseIterable {
    /// A clinical image.
    case real
    /// A synthetic image.
    case fake
}

/// What a reader says about an image, ordered by growing suspicion.
public enum Answer: String, Sendable, Codable, CaseIterable {
    /// The reader takes the image for a clinical one.
    case real
    /// The reader cannot decide.
    case uncertain
    /// The reader takes the image for a synthetic one.
    case fake

    /// The place on the ordinal scale real (0), uncertain (1), fake (2).
    public var category: Int {
        switch self {
        case .real: 0
        case .uncertain: 1
        case .fake: 2
        }
    }
}

/// One answer of one reader to one showing of one image.
public struct Reading: Sendable, Equatable, Codable {
    /// Who answered.
    public var reader: String
    /// Which image was shown.
    public var caseID: String
    /// What the image is.
    public var truth: Truth
    /// What the reader said.
    public var answer: Answer
    /// How sure the reader was, from 1 upwards; nil where it was not asked.
    public var confidence: Int?
    /// Time from showing to answer, in seconds.
    public var seconds: Double
    /// Place in the reader's order, from 0.
    public var position: Int
    /// 0 for the first showing of the image to this reader, 1 for its first repeat, and so on.
    public var repetition: Int

    /// Creates a reading.
    public init(
        reader: String,
        caseID: String,
        truth: Truth,
        answer: Answer,
        confidence: Int? = nil,
        seconds: Double,
        position: Int,
        repetition: Int = 0
    ) {
        self.reader = reader
        self.caseID = caseID
        self.truth = truth
        self.answer = answer
        self.confidence = confidence
        self.seconds = seconds
        self.position = position
        self.repetition = repetition
    }

    /// The suspicion that the image is fake: confidence, negative for real, 0 for uncertain.
    ///
    /// A reading without confidence counts as confidence 1, which leaves the three answers as a
    /// scale of -1, 0 and 1.
    public var suspicion: Double {
        let confidence = Double(confidence ?? 1)
        return switch answer {
        case .real: -confidence
        case .uncertain: 0
        case .fake: confidence
        }
    }
}
