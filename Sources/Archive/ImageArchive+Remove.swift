import GRDB
import Imaging

extension ImageArchive {
    /// Takes an image's file out of the archive; the record stays and says when and why.
    ///
    /// - Returns: the record after the removal.
    /// - Throws: `ArchiveError.unknownImage`, `.noFile`, `.alreadyRemoved`, or `.emptyText` for a
    ///   reason without words.
    @discardableResult
    public func remove(_ id: Int64, because reason: String) throws(ArchiveError) -> ImageRecord {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw .emptyText("the reason") }
        return try workspace.withLock(.exclusive) { () throws(ArchiveError) in
            let record = try write { db in
                let record = try Self.record(id, db)
                guard record.outcome == .done else { throw ArchiveError.noFile(id: id) }
                if let removal = record.removal {
                    throw ArchiveError.alreadyRemoved(id: id, at: removal.removedAt)
                }
                try db.execute(
                    sql: "UPDATE image SET removed_at = ?, removal_reason = ? WHERE id = ?",
                    arguments: [Timestamp().description, reason, id]
                )
                return try Self.record(id, db)
            }
            // The record first: a file that a crash leaves here is found as an orphan.
            try removeUnneeded(record.fileNames)
            return record
        }
    }

    /// Deletes those of some files, named as in the folder of files, that no record needs; the lock
    /// must be held.
    func removeUnneeded(_ names: [String]) throws(ArchiveError) {
        let unneeded = try read { db in try names.filter { try !Self.isNeeded($0, db) } }
        for name in unneeded { try store.remove(name) }
    }

    /// Whether an image that was not removed has this file, as picture or as mask.
    static func isNeeded(_ name: String, _ db: Database) throws -> Bool {
        let sha256 = name.split(separator: "/").last?.prefix(64) ?? ""
        let format = try String.fetchOne(
            db,
            sql: """
                SELECT format FROM file WHERE sha256 = ?1 AND EXISTS (
                    SELECT 1 FROM image WHERE removed_at IS NULL
                        AND (file_sha256 = ?1 OR mask_file_sha256 = ?1))
                """,
            arguments: [String(sha256)]
        )
        return format.flatMap(ImageFormat.init(rawValue:)).map { format in
            ContentStore.name(sha256: String(sha256), format: format) == name
        } ?? false
    }
}

extension ImageRecord {
    /// The names of the picture's and the mask's file in the folder of files.
    fileprivate var fileNames: [String] {
        let names = [
            file.map { ContentStore.name(sha256: $0.sha256, format: $0.format) },
            mask.map { ContentStore.name(sha256: $0.sha256, format: $0.format) },
        ]
        return names.compactMap(\.self)
    }
}
