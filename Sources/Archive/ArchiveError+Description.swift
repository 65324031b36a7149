import Glibc

extension ArchiveError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .noArchive(let folder):
            "there is no archive in \(folder); name the workspace with --workspace, "
                + "or generate an image to begin one"
        case .notAnArchive(let path):
            "\(path) is a database, but no archive of Skiagraph; choose another workspace"
        case .newerArchive(let path, let migrations):
            "\(path) was changed by a newer version of Skiagraph "
                + "(\(migrations.joined(separator: ", "))); use that version"
        case .folder(let path, let number):
            "cannot use \(path): \(String(cString: strerror(number)))"
                + ([EROFS, EACCES].contains(number) ? Self.writableAdvice : "")
        case .diskFull(let path):
            "no space left on the disk for \(path); nothing was added"
        case .busy(let path):
            "\(path) is in use by another process for too long; try again"
        case .damaged(let path, let message):
            "\(path) is damaged (\(message)); restore it from a backup"
        case .database(let path, let message):
            "\(path): \(message)"
        case .unreadableValue(let column, let found):
            "the archive has \"\(found)\" as \(column), which no version writes; "
                + "run archive verify"
        case .file(let error): "\(error)"
        case .alteredFile(let path, let found):
            "\(path) is not what its name says: its SHA-256 is \(found); run archive verify"
        case .unknownImage(let reference):
            "there is no image \(reference) in the archive; archive list shows those that are"
        case .ambiguousHash(let text, let ids):
            "\(text) is the beginning of several hashes: those of the images "
                + "\(ids.map(String.init).joined(separator: ", ")); give more digits"
        case .invalidReference(let text):
            "\"\(text)\" names no image; give a record's number, or 12 or more digits of the "
                + "SHA-256 of its file or pixels"
        case .noFile(let id):
            "record \(id) has no image, since it was refused or failed"
        case .alreadyRemoved(let id, let time):
            "the file of image \(id) was removed at \(time)"
        case .invalidQuery(let word, let allowed):
            "cannot understand \"\(word)\" in the query; allowed: "
                + allowed.joined(separator: ", ")
        case .emptyText(let what): "\(what) cannot be empty; give it words"
        case .review(let error): "\(error)"
        }
    }

    private static let writableAdvice =
        "; a workspace is written to even where it is read, so copy it, or name another with "
        + "--workspace"
}
