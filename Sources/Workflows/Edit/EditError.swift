/// Why a picture cannot be edited as asked.
public enum EditError: Error, Equatable, Sendable {
    /// No mask, box or polygon, and a picture without transparent pixels.
    case noArea
    /// A strength outside 0 to 1.
    case strength(Double)
    /// Fewer than one candidate, or very many.
    case candidateCount(Int)
    /// A margin that is negative or absurd.
    case margin(Double)
    /// More than one picture of a removal, which has candidates instead.
    case imagesOfRemoval(Int)
    /// A picture too small to be edited.
    case sourceTooSmall(width: Int, height: Int, minimum: Int)
    /// A DICOM image of several frames.
    case frames(Int)
    /// A DICOM image in colours of a kind that is not stored back.
    case colorModel(String)
    /// A DICOM image that is to go on beyond its borders.
    case dicomCanvas
    /// A canvas that is not larger than the picture, or far too large.
    case canvas(width: Int, height: Int, reason: String)
    /// A file of prompts for windows that cannot be used.
    case plan(path: String, reason: String)
    /// A body plan without the source's region; those there are.
    case noRegion(prompt: String, known: [String])

    var kind: FailureKind {
        switch self {
        case .plan, .frames, .colorModel: .invalidData
        default: .usage
        }
    }
}

extension EditError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .noArea:
            "nothing says what to repaint; give --mask, --box or --polygon, or a picture with "
                + "transparent pixels"
        case .strength(let strength):
            "a strength of \(strength) cannot be; it goes from 0 (nothing changes) to 1"
        case .candidateCount(let count):
            "\(count) candidates cannot be painted; ask for 1 to 64"
        case .margin(let margin):
            "a margin of \(margin) pixels cannot be; give 0 to 1024"
        case .imagesOfRemoval(let count):
            "a removal gives one picture and not \(count); ask for more candidates instead"
        case .sourceTooSmall(let width, let height, let minimum):
            "the picture has \(width)x\(height) pixels; each side needs at least \(minimum)"
        case .frames(let count):
            "the DICOM image has \(count) frames; only single ones can be edited, split it first"
        case .colorModel(let name):
            "the DICOM image has colours of the kind \(name); convert it to RGB first"
        case .dicomCanvas:
            "a DICOM image cannot go on beyond its borders, its geometry is the device's; export "
                + "it as PNG first"
        case .canvas(let width, let height, let reason):
            "a canvas of \(width)x\(height) pixels cannot be painted: \(reason)"
        case .plan(let path, let reason):
            "\(path) is no plan for the windows: \(reason)"
        case .noRegion(let prompt, let known):
            "the prompt \"\(prompt)\" names no region of the body plan; name one of "
                + known.joined(separator: ", ")
        }
    }
}
