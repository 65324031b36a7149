import Glibc

/// Why a data set cannot be made or looked at.
public enum DataSetError: Error, Equatable, Sendable {
    /// Nothing to import.
    case noSources
    /// A source that is not there or cannot be read.
    case source(path: String, errorNumber: Int32)
    /// A caption template that cannot be read.
    case template(String, problem: String)
    /// A file of labels that is no table of labels.
    case labels(path: String, line: Int?, problem: String)
    /// Shares of the split that are no shares.
    case shares([Double])
    /// A name of a set that cannot be a folder's.
    case setName(String)
    /// The images are there, and what is known of their sources is not.
    case journalMissing(path: String, set: String)
    /// A line of the journal that cannot be read.
    case journal(path: String, line: Int, problem: String)
    /// Another process imports into the same set.
    case busy(path: String)
    /// A file of the data set or of the journal cannot be written.
    case file(path: String, errorNumber: Int32)
    /// A source that is no image of any kind that is read.
    case unknownFormat(beginning: [UInt8])
    /// A data set without images.
    case empty(folder: String)

    var kind: FailureKind {
        switch self {
        case .noSources, .template, .shares, .setName: .usage
        case .source(_, let number): number == EACCES ? .permissionDenied : .noInput
        case .labels, .journal, .unknownFormat: .invalidData
        case .journalMissing, .empty: .noInput
        case .busy: .unavailable
        case .file(_, let number):
            [EACCES, EPERM, EROFS].contains(number) ? .permissionDenied : .inputOutput
        }
    }
}

extension DataSetError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .noSources: "nothing to import; name files or folders"
        case .source(let path, let number):
            "cannot read \(path): \(String(cString: strerror(number)))"
        case .template(let text, let problem): "the caption template \"\(text)\": \(problem)"
        case .labels(let path, let line, let problem):
            "the labels \(path)\(line.map { ", line \($0)" } ?? ""): \(problem)"
        case .shares(let shares):
            "the split \(shares.map { "\($0)" }.joined(separator: ",")) is none; give the shares of "
                + "train, test and holdout, which add up to 1"
        case .setName(let name):
            "\"\(name)\" cannot be the name of a set; use letters, digits, dots, - and _"
        case .journalMissing(let path, let set):
            "\(set) has images, but its journal \(path) is not there, so that what was imported is "
                + "not known; give its place with --journal, or import into a new data set"
        case .journal(let path, let line, let problem):
            "the journal \(path), line \(line): \(problem); restore it from a copy, or import into "
                + "a new data set"
        case .busy(let path):
            "another import is at work on this set (\(path) is locked); wait for it to end"
        case .file(let path, let number):
            "cannot write \(path): \(String(cString: strerror(number)))"
        case .unknownFormat(let bytes):
            bytes.isEmpty
                ? "the file is empty"
                : "neither DICOM nor PNG, JPEG or TIFF: it begins with "
                    + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
                    .joined(separator: " ")
        case .empty(let folder): "the data set \(folder) has no images"
        }
    }
}
