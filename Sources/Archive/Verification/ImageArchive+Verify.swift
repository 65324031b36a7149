import GRDB
import Imaging

extension ImageArchive {
    /// Hashes every file and picture, and checks the database and the review log.
    ///
    /// Others may go on writing meanwhile.
    /// - Parameters:
    ///   - isRepairing: whether to delete files without a record, to index texts anew, and to count votes
    ///     anew. A file that is missing or altered is for a person to bring back or to remove.
    ///   - head: a hash of the review log's head that was noted earlier; an entry must still have it.
    /// - Returns: what was found; damage is no error.
    /// - Throws: `ArchiveError` where the archive cannot be read.
    public func verify(
        isRepairing: Bool = false,
        expectingHead head: String? = nil
    ) throws(ArchiveError) -> Verification {
        var problems = try databaseProblems(isRepairing)
        let names = store.names()
        let files = try read { db in try Self.expectedFiles(db) }
        var missing: [ExpectedFile] = []
        for file in files {
            do throws(ArchiveError) {
                if let finding = try finding(in: file) {
                    problems.append(.init(kind: .altered, subject: file.subject, finding: finding))
                }
            } catch .file(.file(_, .open, 2)) {
                missing.append(file)
            } catch .file(let error) {
                problems.append(.init(kind: .altered, subject: file.subject, finding: "\(error)"))
            }
        }
        let known = Set(files.map(\.name))
        problems += try unsettled(missing, names.filter { !known.contains($0) }, isRepairing)
        let log = try reviewLogReport(expecting: head, isRepairing)
        return Verification(
            recordCount: try count(.everything),
            fileCount: files.count,
            reviewEntryCount: log.entryCount,
            reviewLogHead: log.head,
            problems: problems + log.problems
        )
    }

    /// What is wrong with a file, or nil.
    private func finding(in file: ExpectedFile) throws(ArchiveError) -> String? {
        let bytes: [UInt8]
        do { bytes = try File.read("\(store.folder)/\(file.name)") } catch { throw .file(error) }
        let sha256 = SHA256Text.of(bytes)
        guard sha256 == file.sha256 else { return "\(file.name) has the SHA-256 \(sha256)" }
        guard let pixelSHA256 = file.pixelSHA256 else { return nil }
        do {
            let found = SHA256Text.of(try PixelImage.decode(bytes))
            guard found == pixelSHA256 else {
                return "the pixels of \(file.name) have the SHA-256 \(found)"
            }
            guard try Provenance.differs(file.provenance, fromThatIn: bytes) else { return nil }
            return "the record and the file \(file.name) do not tell the same of how it was made"
        } catch {
            throw .file(error)
        }
    }

    /// Looks again while nobody else can add or remove files, since much may have happened meanwhile.
    private func unsettled(
        _ missing: [ExpectedFile],
        _ orphans: [String],
        _ isRepairing: Bool
    ) throws(ArchiveError) -> [Verification.Problem] {
        guard !(missing.isEmpty && orphans.isEmpty) else { return [] }
        return try workspace.withLock(.exclusive) { () throws(ArchiveError) in
            let there = Set(store.names())
            let (lost, unneeded) = try read { db in
                let absent = missing.filter { !there.contains($0.name) }
                let present = orphans.filter(there.contains)
                return (
                    try absent.filter { try Self.isNeeded($0.name, db) },
                    try present.filter { try !Self.isNeeded($0, db) }
                )
            }
            if isRepairing { try removeUnneeded(unneeded) }
            return lost.map { file in
                Verification.Problem(
                    kind: .missing,
                    subject: file.subject,
                    finding: "\(file.name) is not there; bring it back, or remove the image"
                )
            }
                + unneeded.map { name in
                    Verification.Problem(
                        kind: .orphaned,
                        subject: name,
                        finding: "no record names this file",
                        isRepaired: isRepairing
                    )
                }
        }
    }

    private static func expectedFiles(_ db: Database) throws -> [ExpectedFile] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT image.id AS id, 'image' AS part, file.*, image.pixel_sha256 AS pixel_sha256,
                    image.provenance AS provenance
                FROM image JOIN file ON file.sha256 = image.file_sha256
                WHERE image.removed_at IS NULL
                UNION ALL
                SELECT image.id, 'mask of image', file.*, NULL, NULL
                FROM image JOIN file ON file.sha256 = image.mask_file_sha256
                WHERE image.removed_at IS NULL
                """
        ).map(ExpectedFile.init)
    }
}

/// A file that a record names.
private struct ExpectedFile {
    let subject: String
    let name: String
    let sha256: String
    /// The hash of the picture; nil for masks.
    let pixelSHA256: String?
    /// What the record says of how the picture was made, as JSON.
    let provenance: String?

    init(_ row: Row) throws {
        let id: Int64 = row["id"]
        let part: String = row["part"]
        subject = "\(part) \(id)"
        sha256 = row["sha256"]
        pixelSHA256 = row["pixel_sha256"]
        provenance = row["provenance"]
        name = ContentStore.name(sha256: sha256, format: try row.value("format"))
    }
}
