import FoundationEssentials
import GRDB
import Imaging

extension ImageArchive {
    /// Takes an image in: its file first, then its record.
    ///
    /// An image is its bytes: where the archive holds the same file already, its record is returned and
    /// nothing is added. So work that was cut short can be done again.
    /// - Parameters:
    ///   - bytes: a PNG or JPEG file.
    ///   - draft: what is known of the image.
    ///   - mask: the PNG or JPEG file of an edit's mask.
    /// - Returns: the record.
    /// - Throws: `ArchiveError`; nothing is left behind.
    public func add(
        _ bytes: [UInt8],
        as draft: ImageDraft,
        mask: [UInt8]? = nil
    ) throws(ArchiveError) -> ImageRecord {
        let content = try Content(bytes)
        let maskContent = try mask.map { mask throws(ArchiveError) in try Content(mask) }
        let image: PixelImage
        do { image = try PixelImage.decode(bytes) } catch { throw .file(error) }
        let file = ImageFile(
            sha256: content.sha256,
            byteCount: bytes.count,
            format: content.format,
            pixelSHA256: SHA256Text.of(image),
            layout: image.layout
        )
        let contents = [content] + (maskContent.map { [$0] } ?? [])
        return try storing(contents) { db in
            if let present = try Self.record(withFile: file.sha256, db) { return present }
            for content in contents { try Self.insert(content, db) }
            let row = NewImage(
                draft: draft,
                outcome: .done,
                reason: nil,
                file: file,
                maskSHA256: maskContent?.sha256
            )
            return try Self.insert(row, db)
        }
    }

    /// Records that an image was refused.
    ///
    /// - Parameters:
    ///   - draft: what was asked for.
    ///   - reason: the rule that refuses it, and what it says.
    /// - Returns: the record.
    /// - Throws: `ArchiveError`.
    @discardableResult
    public func recordRefusal(
        of draft: ImageDraft,
        because reason: ImageRecord.Reason
    ) throws(ArchiveError) -> ImageRecord {
        try record(draft, .refused, reason)
    }

    /// Records that an image could not be made.
    ///
    /// - Parameters:
    ///   - draft: what was asked for.
    ///   - reason: the kind of the error, and what it says.
    /// - Returns: the record.
    /// - Throws: `ArchiveError`.
    @discardableResult
    public func recordFailure(
        of draft: ImageDraft,
        because reason: ImageRecord.Reason
    ) throws(ArchiveError) -> ImageRecord {
        try record(draft, .failed, reason)
    }

    private func record(
        _ draft: ImageDraft,
        _ outcome: ImageRecord.Outcome,
        _ reason: ImageRecord.Reason
    ) throws(ArchiveError) -> ImageRecord {
        try write { db in
            try Self.insert(NewImage(draft: draft, outcome: outcome, reason: reason), db)
        }
    }

    /// Puts files on the disk, then runs a transaction; where that fails, the files go again.
    private func storing(
        _ contents: [Content],
        _ work: (Database) throws -> ImageRecord
    ) throws(ArchiveError) -> ImageRecord {
        do {
            return try workspace.withLock(.shared) { () throws(ArchiveError) in
                for content in contents { _ = try store.add(content) }
                return try write(work)
            }
        } catch {
            // Another process may have recorded the same file meanwhile: then it stays. What cannot be
            // deleted now is found as an orphan.
            let names = contents.map(\.name)
            try? workspace.withLock(.exclusive) { () throws(ArchiveError) in
                try removeUnneeded(names)
            }
            throw error
        }
    }

    private static func insert(_ content: Content, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO file (sha256, byte_count, format) VALUES (?, ?, ?)
                ON CONFLICT (sha256) DO NOTHING
                """,
            arguments: [content.sha256, content.bytes.count, content.format.rawValue]
        )
    }

    private static func insert(_ image: NewImage, _ db: Database) throws -> ImageRecord {
        let columns = try image.columns()
        try db.execute(
            sql: """
                INSERT INTO image (\(columns.map(\.name).joined(separator: ", ")))
                VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
                """,
            arguments: StatementArguments(columns.map(\.value))
        )
        return try record(db.lastInsertedRowID, db)
    }
}

/// A row of the table of images before it has a number.
private struct NewImage {
    let draft: ImageDraft
    let outcome: ImageRecord.Outcome
    let reason: ImageRecord.Reason?
    var file: ImageFile?
    var maskSHA256: String?

    func columns() throws -> [(name: String, value: (any DatabaseValueConvertible)?)] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = try draft.provenance.map {
            String(decoding: try encoder.encode($0), as: UTF8.self)
        }
        return [
            ("kind", draft.kind.rawValue), ("outcome", outcome.rawValue),
            ("modality", draft.labels.modality), ("anatomy", draft.labels.anatomy),
            ("view", draft.labels.view), ("finding", draft.labels.finding),
            ("sex", draft.labels.sex),
            ("recorded_at", Timestamp().description),
            ("started_at", draft.startedAt?.description),
            ("finished_at", draft.finishedAt?.description),
            ("file_sha256", file?.sha256), ("pixel_sha256", file?.pixelSHA256),
            ("width", file?.layout.width), ("height", file?.layout.height),
            ("channel_count", file?.layout.channelCount), ("bit_depth", file?.layout.bitDepth),
            ("mask_file_sha256", maskSHA256),
            ("reason_code", reason?.code), ("reason", reason?.text),
            ("source", draft.source), ("provenance", json),
        ]
    }
}
