import GRDB

extension ImageArchive {
    /// Records a vote.
    ///
    /// - Parameters:
    ///   - decision: whether the image may be released.
    ///   - id: the image's number.
    ///   - reviewer: the name of a registered reviewer.
    ///   - reasons: what speaks against the image; needed for a rejection.
    ///   - comment: free words; needed for the reason "other".
    ///   - isSuperseding: whether it takes the place of the reviewer's earlier vote, which stays in the
    ///     log.
    /// - Returns: the state of the image after it.
    /// - Throws: `ArchiveError.review`, `.unknownImage`, `.noFile` or `.alreadyRemoved`.
    @discardableResult
    public func vote(
        _ decision: Vote.Decision,
        on id: Int64,
        by reviewer: String,
        reasons: [Vote.Reason] = [],
        comment: String? = nil,
        isSuperseding: Bool = false
    ) throws(ArchiveError) -> ReviewState {
        let comment = comment.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        if decision == .reject && reasons.isEmpty { throw .review(.reasonMissing) }
        if decision == .accept && !reasons.isEmpty { throw .review(.reasonsOnAcceptance) }
        if reasons.contains(.other) && comment == nil { throw .review(.commentMissing) }
        return try write { db in
            let image = try Self.reviewable(id, db)
            let reviewers = try Self.reviewers(db)
            guard let voter = reviewers.first(where: { $0.name == reviewer }) else {
                throw ArchiveError.review(
                    .unknownReviewer(name: reviewer, known: reviewers.map(\.name))
                )
            }
            let standing = try Self.votes(on: id, db).filter { !$0.isSuperseded }
            let earlier = standing.first { $0.reviewer == reviewer }
            try Self.check(voter, on: image.record, earlier, isSuperseding)
            let payload = VotePayload(
                image: id,
                imageSHA256: image.sha256,
                reviewer: reviewer,
                decision: decision,
                reasons: Vote.Reason.allCases.filter(reasons.contains),
                comment: comment,
                supersedes: earlier?.seq
            )
            try Self.append(.vote, payload, db)
            let rule = try Self.rule(db)
            try Self.updateReviewState(of: id, rule, db)
            return try Self.record(id, db).review
        }
    }

    /// All votes on an image, superseded ones too, in the order in which they were given.
    public func votes(on id: Int64) throws(ArchiveError) -> [Vote] {
        try read { db in
            _ = try Self.record(id, db)
            return try Self.votes(on: id, db)
        }
    }

    /// The images that wait for a reviewer's vote, the oldest first.
    ///
    /// - Parameters:
    ///   - reviewer: the name of a registered reviewer.
    ///   - query: which images; a state of review in it is passed over.
    ///   - limit: the most images; nil for all.
    /// - Returns: the records.
    /// - Throws: `ArchiveError.review(.unknownReviewer)`.
    public func queue(
        for reviewer: String,
        _ query: ImageQuery = ImageQuery(),
        limit: Int? = nil
    ) throws(ArchiveError) -> [ImageRecord] {
        var query = query
        query.outcome = .done
        query.review = nil
        query.removal = .excluded
        guard let conditions = query.conditions else { return [] }
        return try read { db in
            let reviewers = try Self.reviewers(db)
            guard let voter = reviewers.first(where: { $0.name == reviewer }) else {
                throw ArchiveError.review(
                    .unknownReviewer(name: reviewer, known: reviewers.map(\.name))
                )
            }
            let states =
                voter.role == .adjudicator
                ? "'unreviewed', 'pending', 'disputed'" : "'unreviewed', 'pending'"
            return try ImageRecord.fetchAll(
                db,
                sql: """
                    \(ImageRecord.selection)
                    WHERE image.id IN (
                        SELECT image.id FROM image \(conditions.join)\(conditions.clause)
                            AND review IN (\(states)) AND kind <> 'real' AND NOT EXISTS (
                                SELECT 1 FROM review_log WHERE event = 'vote'
                                    AND image_id = image.id AND reviewer = ?)
                        ORDER BY image.id LIMIT \(limit ?? -1))
                    ORDER BY image.id
                    """,
                arguments: conditions.arguments + [reviewer]
            )
        }
    }

    /// The decisions that stand, in the order in which their reviewers came to the image.
    static func decisions(on id: Int64, _ db: Database) throws -> [Vote.Decision] {
        let votes = try votes(on: id, db)
        var reviewers: [String] = []
        for vote in votes where !reviewers.contains(vote.reviewer) {
            reviewers.append(vote.reviewer)
        }
        return reviewers.compactMap { reviewer in
            votes.last { $0.reviewer == reviewer }?.decision
        }
    }

    private static func reviewable(
        _ id: Int64,
        _ db: Database
    ) throws -> (record: ImageRecord, sha256: String) {
        let record = try record(id, db)
        guard let file = record.file else { throw ArchiveError.noFile(id: id) }
        if let removal = record.removal {
            throw ArchiveError.alreadyRemoved(id: id, at: removal.removedAt)
        }
        guard record.kind != .real else {
            throw ArchiveError.review(.notReviewable(id: id, kind: record.kind))
        }
        return (record, file.sha256)
    }

    /// Whether a reviewer may vote on an image now.
    private static func check(
        _ voter: Reviewer,
        on image: ImageRecord,
        _ earlier: Vote?,
        _ isSuperseding: Bool
    ) throws {
        let error: ReviewError? =
            switch (earlier, isSuperseding, image.review) {
            case (let vote?, false, _):
                .alreadyVoted(
                    id: image.id,
                    reviewer: voter.name,
                    decision: vote.decision,
                    at: vote.recordedAt
                )
            case (.some, true, _): nil
            case (nil, true, _): .notVoted(id: image.id, reviewer: voter.name)
            case (nil, false, .accepted), (nil, false, .rejected):
                .reviewComplete(id: image.id, state: image.review)
            case (nil, false, .disputed) where voter.role != .adjudicator:
                .notAdjudicator(id: image.id, reviewer: voter.name)
            default: nil
            }
        if let error { throw ArchiveError.review(error) }
    }

    private static func votes(on id: Int64, _ db: Database) throws -> [Vote] {
        let entries = try ReviewLogEntry.fetchAll(
            db,
            sql: "SELECT * FROM review_log WHERE event = 'vote' AND image_id = ? ORDER BY seq",
            arguments: [id]
        )
        let payloads = try entries.map { try $0.decoded(as: VotePayload.self) }
        let superseded = Set(payloads.compactMap(\.supersedes))
        return zip(entries, payloads).map { entry, payload in
            Vote(entry, payload, isSuperseded: superseded.contains(entry.seq))
        }
    }
}

/// What the log keeps of a vote.
private struct VotePayload: Codable {
    let image: Int64
    let imageSHA256: String
    let reviewer: String
    let decision: Vote.Decision
    let reasons: [Vote.Reason]
    let comment: String?
    let supersedes: Int64?

    enum CodingKeys: String, CodingKey {
        case image, reviewer, decision, reasons, comment, supersedes
        case imageSHA256 = "image_sha256"
    }
}

extension Vote {
    fileprivate init(_ entry: ReviewLogEntry, _ payload: VotePayload, isSuperseded: Bool) {
        seq = entry.seq
        recordedAt = entry.recordedAt
        imageID = payload.image
        imageSHA256 = payload.imageSHA256
        reviewer = payload.reviewer
        decision = payload.decision
        reasons = payload.reasons
        comment = payload.comment
        supersedes = payload.supersedes
        self.isSuperseded = isSuperseded
    }
}
