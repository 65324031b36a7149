public import Imaging

/// What is wrong with an archive, or with what is asked of it.
public enum ArchiveError: Error, Sendable, Equatable {
    /// There is no archive in the folder.
    case noArchive(folder: String)
    /// The file is SQLite's, but no archive.
    case notAnArchive(path: String)
    /// A newer version of Skiagraph has changed the database's form.
    case newerArchive(path: String, migrations: [String])
    /// A folder or file of the workspace cannot be made, opened or removed.
    case folder(path: String, errorNumber: Int32)
    /// The disk or the quota is full; nothing was added.
    case diskFull(path: String)
    /// Another process did not let go of the database in time.
    case busy(path: String)
    /// SQLite found damage.
    case damaged(path: String, message: String)
    /// Another error of SQLite, or a rule of the schema that was not kept.
    case database(path: String, message: String)
    /// A column holds what no version has written.
    case unreadableValue(column: String, found: String)
    /// A file of an image cannot be read, decoded or written.
    case file(ImagingError)
    /// A file is not what its name says.
    case alteredFile(path: String, foundSHA256: String)

    /// No record has this number or hash.
    case unknownImage(String)
    /// A beginning of a hash that several files have.
    case ambiguousHash(String, ids: [Int64])
    /// Neither a record's number nor a hash.
    case invalidReference(String)
    /// The record has no image: it was refused or failed.
    case noFile(id: Int64)
    /// The record's file is no longer in the archive.
    case alreadyRemoved(id: Int64, at: Timestamp)
    /// A word of a query that cannot be understood.
    case invalidQuery(word: String, allowed: [String])
    /// A text that has to say something is empty.
    case emptyText(String)

    /// A vote, a rule or a reviewer that cannot be recorded.
    case review(ReviewError)
}
