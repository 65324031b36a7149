import GRDB

extension ImageArchive {
    /// The review log, the oldest entry first.
    public func reviewLog() throws(ArchiveError) -> [ReviewLogEntry] {
        try read { db in
            try ReviewLogEntry.fetchAll(db, sql: "SELECT * FROM review_log ORDER BY seq")
        }
    }

    /// The hash of the last entry, which seals the whole log; releases and minutes may quote it.
    public func reviewLogHead() throws(ArchiveError) -> String {
        try read { db in try Self.lastEntry(db)?.sha256 ?? ReviewLogEntry.origin }
    }

    /// The reviewers as last registered, by name.
    public func reviewers() throws(ArchiveError) -> [Reviewer] {
        try read { db in try Self.reviewers(db) }
    }

    /// The rule that is in force.
    public func reviewRule() throws(ArchiveError) -> ReviewRule {
        try read { db in try Self.rule(db) }
    }

    /// Registers a reviewer, or changes credentials and role of one.
    public func register(_ reviewer: Reviewer) throws(ArchiveError) {
        let texts = [("the reviewer's name", reviewer.name), ("credentials", reviewer.credentials)]
        for (what, text) in texts where text.allSatisfy(\.isWhitespace) { throw .emptyText(what) }
        try write { db in try Self.append(.reviewer, reviewer, db) }
    }

    /// Sets the project's rule, by which all votes are counted from now on, those given already too.
    public func setReviewRule(_ rule: ReviewRule) throws(ArchiveError) {
        guard (1...ReviewRule.maximumVoteCount).contains(rule.voteCount) else {
            throw .review(.invalidRule(voteCount: rule.voteCount))
        }
        try write { db in
            try Self.append(.rule, rule, db)
            let ids = try Int64.fetchAll(
                db,
                sql: "SELECT DISTINCT image_id FROM review_log WHERE event = 'vote'"
            )
            for id in ids { try Self.updateReviewState(of: id, rule, db) }
        }
    }

    static func append(
        _ event: ReviewLogEntry.Event,
        _ value: some Encodable,
        _ db: Database
    ) throws {
        let last = try lastEntry(db)
        let entry = ReviewLogEntry(
            seq: (last?.seq ?? 0) + 1,
            recordedAt: Timestamp(),
            event: event,
            payload: try ReviewLogEntry.payload(value),
            previousSHA256: last?.sha256 ?? ReviewLogEntry.origin
        )
        try db.execute(
            sql: """
                INSERT INTO review_log (seq, recorded_at, event, payload, previous_sha256, sha256)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.seq, entry.recordedAt.description, entry.event.rawValue, entry.payload,
                entry.previousSHA256, entry.sha256,
            ]
        )
    }

    static func rule(_ db: Database) throws -> ReviewRule {
        let sql = "SELECT * FROM review_log WHERE event = 'rule' ORDER BY seq DESC LIMIT 1"
        return try ReviewLogEntry.fetchOne(db, sql: sql)?.decoded() ?? .standard
    }

    static func reviewers(_ db: Database) throws -> [Reviewer] {
        let sql = """
            SELECT * FROM review_log WHERE seq IN (
                SELECT max(seq) FROM review_log WHERE event = 'reviewer' GROUP BY reviewer)
            ORDER BY reviewer
            """
        return try ReviewLogEntry.fetchAll(db, sql: sql).map { try $0.decoded() }
    }

    /// Counts an image's standing votes once more and writes the state to its record.
    static func updateReviewState(of id: Int64, _ rule: ReviewRule, _ db: Database) throws {
        let state = rule.state(of: try decisions(on: id, db))
        try db.execute(
            sql: "UPDATE image SET review = ? WHERE id = ?",
            arguments: [state.rawValue, id]
        )
    }

    private static func lastEntry(_ db: Database) throws -> ReviewLogEntry? {
        let sql = "SELECT * FROM review_log ORDER BY seq DESC LIMIT 1"
        return try ReviewLogEntry.fetchOne(db, sql: sql)
    }
}
