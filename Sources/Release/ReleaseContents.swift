import Archive
import DICOM
import Imaging

/// What is in a release's folder.
struct ReleaseContents {
    let request: CreateRelease.Request
    let choice: CreateRelease.Choice
    /// The hash that seals all votes up to now.
    let reviewLogHead: String
    let source: CreateRelease
    let createdAt = Timestamp()

    private var archive: ImageArchive { source.archive }

    /// Writes all files but the list of hashes.
    func write(to folder: ReleaseFolder, note: (Int) -> Void) throws {
        var images: [ReleasedImage] = []
        for record in choice.images {
            images.append(try write(record, to: folder))
            if images.count.isMultiple(of: 100) { note(images.count) }
        }
        let manifest = Manifest(rows: images.map(\.row))
        try folder.add("manifest.csv", Array(manifest.csv.utf8))
        try folder.add("metadata.jsonl", Array(manifest.jsonLines.utf8))
        let account = try writeAccount(to: folder)
        let statistics = try reviewStatistics()
        try folder.add("reviewers.json", JSONText.pretty(statistics))
        try folder.add("policy.json", source.policyJSON)
        let summary = ReleaseSummary(self, images: images)
        try folder.add(ReleaseSummary.fileName, JSONText.pretty(summary))
        let facts = ReleaseFacts(
            description: request.description,
            images: images,
            account: account,
            statistics: statistics,
            createdAt: createdAt,
            policy: source.policyName
        )
        let hash = folder.hashes["manifest.csv"] ?? ""
        try folder.add("metadata.json", CroissantMetadata(facts, manifestSHA256: hash).json())
        try folder.add("dataset-metadata.json", JSONText.pretty(KaggleMetadata(facts)))
        try folder.add("README.md", Array(DatasetCard(facts).text.utf8))
    }

    private func write(_ record: ImageRecord, to folder: ReleaseFolder) throws -> ReleasedImage {
        let stored = try archive.bytes(of: record)
        let bytes =
            record.file?.format == .png ? stored : try PixelImage.decode(stored).encodedPNG()
        let name = ReleasedImage.baseName(of: record)
        try folder.add("images/\(name).png", bytes)
        var dicomFile: String?
        if request.includesDICOM {
            let path = "dicom/\(name).dcm"
            try folder.add(path, Self.dicom(record, stored))
            dicomFile = path
        }
        guard let check = try archive.memorizationCheck(of: record.id) else {
            throw ReleaseError.blocked(
                [BlockedImage(record: record, obstacles: [.notChecked])],
                imageCount: 1
            )
        }
        let image = ReleasedImage(
            fileName: "images/\(name).png",
            dicomFile: dicomFile,
            sha256: ReleaseHash.of(bytes),
            record: record,
            votes: try archive.votes(on: record.id),
            memorization: check,
            ancestors: try archive.lineage(of: record).ancestors.map { ancestor in
                ReleasedImage.Ancestor(
                    kind: ancestor.kind,
                    sha256: ancestor.file?.sha256,
                    source: ancestor.source,
                    provenance: ancestor.provenance
                )
            }
        )
        try folder.add(image.provenanceFile, JSONText.pretty(image))
        return image
    }

    private static func dicom(
        _ record: ImageRecord,
        _ bytes: [UInt8]
    ) throws(ReleaseError) -> [UInt8] {
        do {
            return try SecondaryCapture(record, bytes).encoded()
        } catch {
            throw .dicom(id: record.id, error)
        }
    }

    /// All records that were asked for in the scope of the query, whatever became of them.
    private var scope: ImageQuery {
        var query = request.query
        query.outcome = nil
        query.review = nil
        query.removal = .included
        return query
    }

    private func writeAccount(to folder: ReleaseFolder) throws -> ReleaseAccount {
        let account = ReleaseAccount(
            try archive.account(of: scope),
            query: scope,
            releasedCount: choice.images.count
        )
        try folder.add("account.json", JSONText.pretty(account))
        let released = Set(choice.images.map(\.id))
        let gate = ReleaseGate(archive: archive, policy: source.policy)
        var lines: [UInt8] = []
        for record in try archive.images(scope).reversed()
        where record.kind != .real && !released.contains(record.id) {
            let obstacles = record.hasFile ? try gate.obstacles(to: record) : []
            let votes = try archive.votes(on: record.id).filter { !$0.isSuperseded }
            lines += try JSONText.line(
                ReleaseAccount.Line(
                    id: record.id,
                    outcome: record.outcome,
                    review: record.review,
                    prompt: gate.tellablePrompt(of: record),
                    reason: record.reason,
                    removal: record.removal?.reason,
                    obstacles: obstacles.map(\.code),
                    rejectionReasons: Set(votes.flatMap(\.reasons)).map(\.rawValue).sorted(),
                    comments: votes.compactMap(\.comment)
                )
            )
        }
        try folder.add("not-released.jsonl", lines)
        return account
    }

    private func reviewStatistics() throws -> ReviewStatistics {
        let votes = try archive.images(scope).filter { $0.kind != .real && $0.outcome == .done }
            .map { try archive.votes(on: $0.id) }
        return ReviewStatistics(
            votes: votes,
            reviewers: try archive.reviewers(),
            rule: try archive.reviewRule()
        )
    }
}
