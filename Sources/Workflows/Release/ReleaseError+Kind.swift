import Glibc
import Release

extension ReleaseError {
    var kind: FailureKind {
        switch self {
        case .invalidText, .realImages: .usage
        case .noImages: .noInput
        case .blocked: .permissionDenied
        case .unsoundArchive, .notARelease: .invalidData
        case .exists: .cannotCreate
        case .folder(_, let number):
            switch number {
            case ENOENT, ENOTDIR: .noInput
            case EACCES, EPERM, EROFS: .permissionDenied
            default: .inputOutput
            }
        case .file(let error): FailureKind(of: error)
        case .dicom: .software
        }
    }
}
