/// A real image of a training set, with what its source says about it.
public struct LabelledImage: Sendable, Equatable {
    /// The absolute path of the image file.
    public let path: String
    /// The name of the set that the image comes from, its folder's name.
    public let set: String
    /// How the image was made: XR, CT, MR or US, as in DICOM's Modality.
    public let modality: String
    /// The region of the body, for example "chest".
    public let anatomy: String
    /// The projection (PA, AP), plane (axial, coronal, sagittal) or probe; nil when not stated.
    public let view: String?
    /// The source's label; nil means not stated, never normal, which is "no finding".
    public let finding: String?
    /// The patient's sex; nil when not stated.
    public let sex: Sex?
    /// The patient's age in years, or in words; nil when not stated.
    public let age: String?
    /// The caption that the set gives the image.
    public let prompt: String
    /// The licence of the image.
    public let licence: String
    /// What the image may be used for.
    public let split: Split

    /// The patient's sex as radiology sets state it.
    public enum Sex: String, Sendable {
        /// Stated as F.
        case female = "F"
        /// Stated as M.
        case male = "M"
    }

    /// The part of a set: images of one patient are all in the same.
    public enum Split: String, Sendable {
        /// To train on.
        case train
        /// To measure on, never to train on.
        case test
    }

    /// A side of the patient's body.
    public enum Side: String, Sendable, CaseIterable {
        /// The patient's left.
        case left
        /// The patient's right.
        case right
    }

    /// Describes one image.
    public init(
        path: String,
        set: String,
        modality: String,
        anatomy: String,
        view: String? = nil,
        finding: String? = nil,
        sex: Sex? = nil,
        age: String? = nil,
        prompt: String,
        licence: String = "",
        split: Split = .train
    ) {
        self.path = path
        self.set = set
        self.modality = modality
        self.anatomy = anatomy
        self.view = view
        self.finding = finding
        self.sex = sex
        self.age = age
        self.prompt = prompt
        self.licence = licence
        self.split = split
    }

    /// Modality and anatomy, such as "XR hand".
    public var imageClass: String { "\(modality) \(anatomy)" }

    /// The sides that the set's caption names.
    public var sides: [Side] {
        let words = prompt.lowercased().split { !$0.isLetter }
        return Side.allCases.filter { words.contains(Substring($0.rawValue)) }
    }

    /// Whether the mirror image is a picture of the same kind, so that training may use it.
    ///
    /// Never where the caption names a side, and never where a mirror image would be situs
    /// inversus: chest, abdomen, pelvis, and MR of the breast, which shows the heart. Sagittal
    /// slices keep the way they face.
    public var allowsHorizontalFlip: Bool {
        guard sides.isEmpty else { return false }
        return switch (modality, anatomy) {
        case ("XR", "hand"), ("XR", "shoulder"), ("US", "breast"), ("US", "lung"), ("CT", "head"):
            true
        case ("MR", "brain"):
            view == "axial" || view == "coronal"
        default:
            false
        }
    }
}
