import Archive
import Glibc

extension ArchiveError {
    var kind: FailureKind {
        switch self {
        case .noArchive, .unknownImage: .noInput
        case .notAnArchive, .newerArchive, .damaged, .unreadableValue, .alteredFile: .invalidData
        case .folder(_, let number):
            [EACCES, EPERM, EROFS].contains(number) ? .permissionDenied : .cannotCreate
        case .diskFull, .database: .inputOutput
        case .busy: .unavailable
        case .file(let error): FailureKind(of: error)
        case .ambiguousHash, .invalidReference, .noFile, .alreadyRemoved, .invalidQuery,
            .emptyText, .review:
            .usage
        }
    }
}
