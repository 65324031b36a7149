import GRDB

extension ArchiveError {
    /// Sorts what a piece of work with the database has thrown.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as ArchiveError: self = error
        case let error as DatabaseError:
            let message = error.message ?? "code \(error.extendedResultCode.rawValue)"
            self =
                switch error.resultCode {
                case .SQLITE_FULL: .diskFull(path: path)
                case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
                case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path, message: message)
                default: .database(path: path, message: message)
                }
        default: self = .database(path: path, message: "\(error)")
        }
    }
}
