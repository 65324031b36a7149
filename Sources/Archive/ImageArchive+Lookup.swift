import GRDB

extension ImageArchive {
    /// The record of a number.
    ///
    /// - Throws: `ArchiveError.unknownImage`.
    public func record(_ id: Int64) throws(ArchiveError) -> ImageRecord {
        try read { db in try Self.record(id, db) }
    }

    /// The record that a user means.
    ///
    /// - Parameter reference: a record's number, or at least 12 digits of the SHA-256 of its file or
    ///   pixels.
    /// - Returns: the only record that it names.
    /// - Throws: `ArchiveError.unknownImage`, `.ambiguousHash` or `.invalidReference`.
    public func record(_ reference: String) throws(ArchiveError) -> ImageRecord {
        if reference.utf8.count < 12, let id = Int64(reference), id > 0 { return try record(id) }
        let digits = reference.lowercased()
        guard (12...64).contains(digits.utf8.count), SHA256Text.isHexadecimal(digits) else {
            throw .invalidReference(reference)
        }
        let found = try read { db in
            try ImageRecord.fetchAll(
                db,
                sql: """
                    \(ImageRecord.selection)
                    WHERE file_sha256 BETWEEN ?1 AND ?1 || 'g'
                        OR pixel_sha256 BETWEEN ?1 AND ?1 || 'g'
                    ORDER BY image.removed_at IS NOT NULL, id LIMIT 10
                    """,
                arguments: [digits]
            )
        }
        let present = found.filter(\.hasFile)
        let candidates = present.isEmpty ? found : present
        guard let first = candidates.first else { throw .unknownImage(reference) }
        guard candidates.count == 1 else {
            throw .ambiguousHash(reference, ids: candidates.map(\.id))
        }
        return first
    }

    /// The records of images that have a file of this hash, or these pixels; removed ones too.
    public func records(withHash sha256: String) throws(ArchiveError) -> [ImageRecord] {
        try read { db in
            try ImageRecord.fetchAll(
                db,
                sql: """
                    \(ImageRecord.selection)
                    WHERE file_sha256 = ?1 OR pixel_sha256 = ?1 ORDER BY id
                    """,
                arguments: [sha256]
            )
        }
    }

    /// Where the file of an image is.
    ///
    /// - Throws: `ArchiveError.noFile` or `.alreadyRemoved`.
    public func path(of record: ImageRecord) throws(ArchiveError) -> String {
        let file = try file(of: record)
        return store.path(sha256: file.sha256, format: file.format)
    }

    /// The bytes of an image's file, checked against its hash.
    ///
    /// - Throws: `ArchiveError`.
    public func bytes(of record: ImageRecord) throws(ArchiveError) -> [UInt8] {
        let file = try file(of: record)
        return try store.read(sha256: file.sha256, format: file.format)
    }

    /// Where the file of an edit's mask is, or nil where it has none.
    ///
    /// - Throws: `ArchiveError.alreadyRemoved`.
    public func maskPath(of record: ImageRecord) throws(ArchiveError) -> String? {
        try mask(of: record).map { store.path(sha256: $0.sha256, format: $0.format) }
    }

    /// The bytes of the file of an edit's mask, or nil where it has none.
    ///
    /// - Throws: `ArchiveError`.
    public func maskBytes(of record: ImageRecord) throws(ArchiveError) -> [UInt8]? {
        guard let mask = try mask(of: record) else { return nil }
        return try store.read(sha256: mask.sha256, format: mask.format)
    }

    private func mask(of record: ImageRecord) throws(ArchiveError) -> MaskFile? {
        if let removal = record.removal {
            throw .alreadyRemoved(id: record.id, at: removal.removedAt)
        }
        return record.mask
    }

    private func file(of record: ImageRecord) throws(ArchiveError) -> ImageFile {
        guard let file = record.file else { throw .noFile(id: record.id) }
        if let removal = record.removal {
            throw .alreadyRemoved(id: record.id, at: removal.removedAt)
        }
        return file
    }

    static func record(_ id: Int64, _ db: Database) throws -> ImageRecord {
        let sql = "\(ImageRecord.selection) WHERE image.id = ?"
        guard let record = try ImageRecord.fetchOne(db, sql: sql, arguments: [id]) else {
            throw ArchiveError.unknownImage("\(id)")
        }
        return record
    }

    static func record(withFile sha256: String, _ db: Database) throws -> ImageRecord? {
        try ImageRecord.fetchOne(
            db,
            sql: "\(ImageRecord.selection) WHERE file_sha256 = ? AND image.removed_at IS NULL",
            arguments: [sha256]
        )
    }
}
