import GRDB
import Imaging

/// An image with those it comes from and those that come from it.
public struct Lineage: Sendable, Hashable, Codable {
    /// The parents, the nearest first; edits name them by the hash of the file.
    public let ancestors: [ImageRecord]
    /// The hash of the farthest parent that is named but not in the archive.
    public let missingAncestorSHA256: String?
    /// The edits of the image and their edits, in the order of their numbers.
    public let descendants: [ImageRecord]

    enum CodingKeys: String, CodingKey {
        case ancestors, descendants
        case missingAncestorSHA256 = "missing_ancestor_sha256"
    }
}

extension ImageArchive {
    /// Where an image comes from, and what was made of it.
    public func lineage(of record: ImageRecord) throws(ArchiveError) -> Lineage {
        try read { db in
            var ancestors: [ImageRecord] = []
            var parent = record.provenance?.parentSHA256
            // A circle cannot come about by editing, but by a hand in the database.
            while let sha256 = parent, let found = try Self.parent(sha256, db),
                !ancestors.contains(where: { $0.id == found.id })
            {
                ancestors.append(found)
                parent = found.provenance?.parentSHA256
            }
            return Lineage(
                ancestors: ancestors,
                missingAncestorSHA256: parent,
                descendants: try Self.descendants(of: record, db)
            )
        }
    }

    /// The image of a hash; one that is still there rather than one that was removed.
    private static func parent(_ sha256: String, _ db: Database) throws -> ImageRecord? {
        try ImageRecord.fetchOne(
            db,
            sql: """
                \(ImageRecord.selection) WHERE file_sha256 = ?
                ORDER BY image.removed_at IS NOT NULL, id DESC LIMIT 1
                """,
            arguments: [sha256]
        )
    }

    private static func descendants(of record: ImageRecord, _ db: Database) throws -> [ImageRecord]
    {
        guard let sha256 = record.file?.sha256 else { return [] }
        return try ImageRecord.fetchAll(
            db,
            sql: """
                WITH RECURSIVE child (id, sha256) AS (
                    SELECT id, file_sha256 FROM image WHERE parent_sha256 = ?
                    UNION
                    SELECT image.id, image.file_sha256 FROM image
                    JOIN child ON image.parent_sha256 = child.sha256)
                \(ImageRecord.selection)
                WHERE image.id IN (SELECT id FROM child) ORDER BY image.id
                """,
            arguments: [sha256]
        )
    }
}
