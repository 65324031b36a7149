/// What an image is to show, in the words of radiology; nil where nothing is said.
public struct ImageLabels: Sendable, Hashable, Codable {
    /// The DICOM modality or the project's short name for it: "XR", "CT", "MR", "US".
    public var modality: String?
    /// The part of the body, for instance "chest".
    public var anatomy: String?
    /// The projection or plane, for instance "PA" or "axial".
    public var view: String?
    /// The pathology, or "no finding".
    public var finding: String?
    /// The patient's sex, "female" or "male".
    public var sex: String?

    /// Labels an image.
    public init(
        modality: String? = nil,
        anatomy: String? = nil,
        view: String? = nil,
        finding: String? = nil,
        sex: String? = nil
    ) {
        self.modality = modality
        self.anatomy = anatomy
        self.view = view
        self.finding = finding
        self.sex = sex
    }
}
