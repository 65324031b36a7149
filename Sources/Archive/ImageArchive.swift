import GRDB
import Imaging

/// The archive of a workspace: a record for every image that was asked for, and the files of those
/// that were made.
///
/// A copy shares the connection. Each method that writes is one transaction, and what it leaves
/// behind holds: a record's file is on the disk before the record is there. Several processes may
/// have a workspace open at once.
public struct ImageArchive: Sendable {
    /// The workspace's folder.
    public let folder: String
    let workspace: Workspace
    let store: ContentStore
    let pool: DatabasePool

    /// What to do where there is no archive yet.
    public enum OpeningMode: Sendable {
        /// Make an empty one, and the folders to it.
        case createIfMissing
        /// Throw `ArchiveError.noArchive`.
        case existing
    }

    /// Opens the archive of a workspace and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - folder: the workspace.
    ///   - mode: what to do where there is no archive yet.
    /// - Throws: `ArchiveError` for a folder that cannot be written, a file that is no archive, or
    ///   one that a newer version has made.
    public init(
        workspace folder: String,
        mode: OpeningMode = .createIfMissing
    ) throws(ArchiveError) {
        let workspace = Workspace(folder: folder)
        if mode == .createIfMissing {
            try workspace.create()
        } else if !workspace.hasDatabase {
            throw .noArchive(folder: folder)
        }
        self.folder = folder
        self.workspace = workspace
        store = ContentStore(folder: workspace.filesFolder)
        // Two processes that open a new workspace at once must not both migrate it.
        pool = try workspace.withLock(.exclusive) { () throws(ArchiveError) in
            try ArchiveSchema.open(path: workspace.databasePath)
        }
    }

    /// Reads one state of the database, whatever others write meanwhile.
    func read<Value>(_ work: (Database) throws -> Value) throws(ArchiveError) -> Value {
        do { return try pool.read(work) } catch {
            throw ArchiveError(error, path: workspace.databasePath)
        }
    }

    /// Runs a transaction that either happens as a whole or not at all.
    func write<Value>(_ work: (Database) throws -> Value) throws(ArchiveError) -> Value {
        do { return try pool.write(work) } catch {
            throw ArchiveError(error, path: workspace.databasePath)
        }
    }
}
