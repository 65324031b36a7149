public import DICOM
import Glibc
public import Imaging

/// What keeps images from being released.
public enum ReleaseError: Error, Sendable {
    /// A name, text or address that data sets cannot have.
    case invalidText(what: String, found: String, expected: String)
    /// The query asks for images of patients.
    case realImages
    /// The query means no image that was made.
    case noImages(query: String)
    /// Images that may not leave; none was released.
    case blocked([BlockedImage], imageCount: Int)
    /// The archive is not what it was; what was found first.
    case unsoundArchive(problemCount: Int, first: String)
    /// There is a file or folder of this name.
    case exists(path: String)
    /// A file or folder cannot be made or read.
    case folder(path: String, errorNumber: Int32)
    /// A file cannot be read or written.
    case file(ImagingError)
    /// An image cannot be written as DICOM.
    case dicom(id: Int64, DICOMError)
    /// A folder without a list of hashes, or with one that cannot be read.
    case notARelease(folder: String, reason: String)
}

extension ReleaseError: CustomStringConvertible {
    /// What failed, what was found and what to do.
    public var description: String {
        switch self {
        case .invalidText(let what, let found, let expected):
            "\(what) cannot be \"\(found)\"; it is \(expected)"
        case .realImages:
            "images of patients are not released; ask for kind=synthetic or kind=edited"
        case .noImages(let query):
            query.isEmpty
                ? "the archive has no synthetic image; make some with skiagraph generate"
                : "no synthetic image fits the query \"\(query)\"; "
                    + "look with skiagraph archive search"
        case .blocked(let images, let imageCount):
            "\(images.count) of \(imageCount) images may not leave, so nothing was released; do what "
                + "is said of each, or release the others with --leave-out"
        case .unsoundArchive(let count, let first):
            "the archive is not sound (\(count) problems; the first: \(first)); "
                + "run skiagraph archive verify and mend it first"
        case .exists(let path):
            "\(path) is there, and a release is never written over; take another name"
        case .folder(let path, let number): "\(path): \(String(cString: strerror(number)))"
        case .file(let error): "\(error)"
        case .dicom(let id, let error): "image \(id) cannot be written as DICOM: \(error)"
        case .notARelease(let folder, let reason): "\(folder) is no release: \(reason)"
        }
    }
}
