/// An image of a study as its report needs it.
public struct ReportedCase: Sendable, Equatable {
    /// The image's name in the study.
    public var caseID: String
    /// What it is.
    public var truth: Truth
    /// Where it comes from: a file's name, or an archive's record.
    public var source: String
    /// What is known of it, such as modality, anatomy, finding or sex.
    public var attributes: [String: String]
    /// The PNG that was shown, or nil where the report goes without.
    public var picture: [UInt8]?

    /// Creates a case.
    public init(
        caseID: String,
        truth: Truth,
        source: String = "",
        attributes: [String: String] = [:],
        picture: [UInt8]? = nil
    ) {
        self.caseID = caseID
        self.truth = truth
        self.source = source
        self.attributes = attributes
        self.picture = picture
    }
}

/// What a reader wrote about an image.
public struct CaseDescription: Sendable, Equatable, Codable {
    /// Who wrote.
    public var reader: String
    /// About which image.
    public var caseID: String
    /// At which showing, from 0.
    public var repetition: Int
    /// The words.
    public var text: String
    /// The terms that were chosen from a list.
    public var terms: [String]

    /// Creates a description.
    public init(
        reader: String,
        caseID: String,
        repetition: Int = 0,
        text: String,
        terms: [String] = []
    ) {
        self.reader = reader
        self.caseID = caseID
        self.repetition = repetition
        self.text = text
        self.terms = terms
    }
}
