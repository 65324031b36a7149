/// Why a study cannot be made or reported.
public enum StudyFailure: Error, Equatable, Sendable {
    /// A folder or query without an image.
    case noImages(source: String)
    /// A text that is no folder, and no archive that it could be a query of.
    case noSource(String, workspace: String)
    /// Fewer images than were asked for.
    case tooFewImages(source: String, found: Int, wanted: Int)
    /// An image of the real source that carries the mark of synthetic media.
    case syntheticAmongReal(image: String, source: String)
    /// Two images that show the same pixels.
    case sameImage(String, String)
    /// An image without a single edge: one value everywhere.
    case blankImage(String)
    /// An autoencoder for real images where there are none.
    case nothingReal(through: String)
    /// A size that images cannot be shown at.
    case invalidSide(Int)
    /// A share of images to repeat that is none.
    case invalidRepeats(Double)
    /// Repeats that a study of so few images cannot hold.
    case tooManyRepeats(wanted: Int, possible: Int)
    /// A number of readers that is none.
    case noReaders
    /// A number of sessions that is none.
    case invalidSessions(Int)
    /// A folder for the report that has files in it.
    case reportExists(path: String)
    /// A file that cannot be read or written.
    case file(path: String, reason: String)
    /// What `create` wrote beside the study is damaged.
    case unreadablePreparation(path: String, reason: String)
}

extension StudyFailure: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .noImages(let source):
            "there is no PNG or JPEG image in \(source)"
        case .noSource(let text, let workspace):
            "\(text) is no folder, and there is no archive in \(workspace) to find it in; "
                + "name a folder of images, or the archive's workspace with --workspace"
        case .tooFewImages(let source, let found, let wanted):
            "\(source) has \(found) images, but \(wanted) are wanted; ask for fewer with --images"
        case .syntheticAmongReal(let image, let source):
            "\(image) in \(source) is marked as synthetic, but \(source) is to hold real images; "
                + "remove it or name another source"
        case .sameImage(let one, let other):
            "\(one) and \(other) show the same picture; remove one of them"
        case .blankImage(let image):
            "\(image) has one value everywhere; remove it"
        case .nothingReal(let model):
            "there are no real images to go through \(model); name them, or leave the model out"
        case .invalidSide(let side):
            "images cannot be shown at \(side) pixels a side; "
                + "take \(PresentationFormat.smallestSide) to \(PresentationFormat.largestSide)"
        case .invalidRepeats(let share):
            "\(share) of the images cannot be repeated; give a share from 0 to 0.5, such as 10%"
        case .tooManyRepeats(let wanted, let possible):
            "\(wanted) repeats do not fit, \(possible) would; "
                + "ask for a smaller share with --repeats, or for more images"
        case .noReaders: "a study needs a reader; give --readers a number or names"
        case .invalidSessions(let count):
            "the images cannot be read in \(count) sessions; take 1 or more, and at most as many as images"
        case .reportExists(let path):
            "\(path) is there already and is no empty folder; name another one with -o"
        case .file(let path, let reason): "cannot read or write \(path): \(reason)"
        case .unreadablePreparation(let path, let reason):
            "\(path) cannot be understood (\(reason)); restore it, or remove it to report without it"
        }
    }
}
