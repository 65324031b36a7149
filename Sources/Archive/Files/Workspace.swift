import Glibc
import Imaging

/// The folder of a project: the database, the files, and a lock between processes.
struct Workspace: Sendable {
    /// Who else may hold the lock at the same time.
    enum LockKind {
        /// Others that share it: for adding files.
        case shared
        /// Nobody: for removing files, so that none is taken that another process has just added.
        case exclusive
    }

    let folder: String

    var databasePath: String { "\(folder)/archive.sqlite" }
    var filesFolder: String { "\(folder)/files" }
    private var lockPath: String { "\(folder)/archive.lock" }

    var hasDatabase: Bool { access(databasePath, F_OK) == 0 }

    /// Makes the folders, with those above them.
    func create() throws(ArchiveError) {
        if let errorNumber = Folder.create(filesFolder) {
            throw .folder(path: folder, errorNumber: errorNumber)
        }
    }

    /// Runs work while the lock of the workspace is held; it is released even by a kill.
    func withLock<Value>(
        _ kind: LockKind,
        _ work: () throws(ArchiveError) -> Value
    ) throws(ArchiveError) -> Value {
        let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .folder(path: folder, errorNumber: errno) }
        defer { close(descriptor) }
        while flock(descriptor, kind == .shared ? LOCK_SH : LOCK_EX) != 0 {
            guard errno == EINTR else { throw .folder(path: folder, errorNumber: errno) }
        }
        return try work()
    }
}
