public import ReaderStudy

/// An image of a study: what it is and where it came from.
///
/// Readers never see any of this.
public struct StudyCase: Sendable, Equatable, Codable {
    /// The name of the image within the study.
    public var caseID: String
    /// What it is.
    public var truth: Truth
    /// Where it came from: an image record of an archive, or a path.
    public var source: String
    /// For instance "CT".
    public var modality: String?
    /// For instance "chest".
    public var anatomy: String?
    /// For instance "pneumonia".
    public var finding: String?
    /// The sex of the patient, or the one that was asked for.
    public var sex: String?

    /// Describes an image.
    public init(
        caseID: String,
        truth: Truth,
        source: String,
        modality: String? = nil,
        anatomy: String? = nil,
        finding: String? = nil,
        sex: String? = nil
    ) {
        self.caseID = caseID
        self.truth = truth
        self.source = source
        self.modality = modality
        self.anatomy = anatomy
        self.finding = finding
        self.sex = sex
    }
}
