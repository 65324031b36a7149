import GRDB

/// What became of all images that were asked for: none is left out.
public struct ImageAccount: Sendable, Hashable, Codable {
    /// The records of one kind, outcome and state of review.
    public struct Group: Sendable, Hashable, Codable {
        /// Where the pixels come from.
        public let kind: ImageRecord.Kind
        /// How the request ended.
        public let outcome: ImageRecord.Outcome
        /// How far the expert review is.
        public let review: ReviewState
        /// Whether the file was removed.
        public let isRemoved: Bool
        /// How many records.
        public let count: Int

        enum CodingKeys: String, CodingKey {
            case kind, outcome, review, count
            case isRemoved = "removed"
        }
    }

    /// How often something is the reason.
    public struct Tally: Sendable, Hashable, Codable {
        /// The reason.
        public let code: String
        /// How many records have it.
        public let count: Int
    }

    /// All records, by kind, outcome and review.
    public let groups: [Group]
    /// Refused records by rule, the most frequent first.
    public let refusals: [Tally]
    /// Failed records by kind of error, the most frequent first.
    public let failures: [Tally]
    /// The reasons of standing votes against rejected images, the most frequent first; one image may
    /// have several.
    public let rejections: [Tally]

    /// How many records fit.
    public func count(
        kind: ImageRecord.Kind? = nil,
        outcome: ImageRecord.Outcome? = nil,
        review: ReviewState? = nil,
        isRemoved: Bool? = nil
    ) -> Int {
        groups.filter { group in
            (kind ?? group.kind) == group.kind && (outcome ?? group.outcome) == group.outcome
                && (review ?? group.review) == group.review
                && (isRemoved ?? group.isRemoved) == group.isRemoved
        }.reduce(0) { $0 + $1.count }
    }
}

extension ImageArchive {
    /// Counts what became of the records that a query means.
    ///
    /// - Parameter query: which records; by default all, removed ones too.
    /// - Returns: the counts.
    /// - Throws: `ArchiveError` where the archive cannot be read.
    public func account(of query: ImageQuery = .everything) throws(ArchiveError) -> ImageAccount {
        guard let conditions = query.conditions else {
            return ImageAccount(groups: [], refusals: [], failures: [], rejections: [])
        }
        return try read { db in
            ImageAccount(
                groups: try Self.groups(conditions, db),
                refusals: try Self.reasons(.refused, conditions, db),
                failures: try Self.reasons(.failed, conditions, db),
                rejections: try Self.rejections(conditions, db)
            )
        }
    }

    private static func groups(
        _ conditions: ImageQuery.Conditions,
        _ db: Database
    ) throws -> [ImageAccount.Group] {
        // Grouped in the order of an index, which holds all columns that are read here.
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT kind, outcome, review, count(*) AS count, count(removed_at) AS removed_count
                FROM image \(conditions.join)\(conditions.clause)
                GROUP BY outcome, kind, review ORDER BY outcome, kind, review
                """,
            arguments: conditions.arguments
        )
        return try rows.flatMap { row in
            let (count, removedCount): (Int, Int) = (row["count"], row["removed_count"])
            return try [(false, count - removedCount), (true, removedCount)]
                .filter { $0.1 > 0 }
                .map { isRemoved, count in
                    ImageAccount.Group(
                        kind: try row.value("kind"),
                        outcome: try row.value("outcome"),
                        review: try row.value("review"),
                        isRemoved: isRemoved,
                        count: count
                    )
                }
        }
    }

    private static func reasons(
        _ outcome: ImageRecord.Outcome,
        _ conditions: ImageQuery.Conditions,
        _ db: Database
    ) throws -> [ImageAccount.Tally] {
        let clause =
            conditions.clause.isEmpty
            ? "WHERE outcome = ?" : "\(conditions.clause) AND outcome = ?"
        return try tallies(
            """
            SELECT reason_code AS code, count(*) AS count FROM image \(conditions.join)\(clause)
            GROUP BY reason_code ORDER BY count DESC, code
            """,
            conditions.arguments + [outcome.rawValue],
            db
        )
    }

    private static func rejections(
        _ conditions: ImageQuery.Conditions,
        _ db: Database
    ) throws -> [ImageAccount.Tally] {
        try tallies(
            """
            SELECT reason.value AS code, count(DISTINCT vote.image_id) AS count
            FROM review_log AS vote, json_each(vote.payload, '$.reasons') AS reason
            WHERE vote.event = 'vote' AND vote.decision = 'reject'
                AND vote.seq NOT IN (SELECT supersedes FROM review_log WHERE supersedes IS NOT NULL)
                AND vote.image_id IN (
                    SELECT image.id FROM image \(conditions.join)\(conditions.clause)
                    \(conditions.clause.isEmpty ? "WHERE" : "AND") review = 'rejected')
            GROUP BY reason.value ORDER BY count DESC, code
            """,
            conditions.arguments,
            db
        )
    }

    private static func tallies(
        _ sql: String,
        _ arguments: StatementArguments,
        _ db: Database
    ) throws -> [ImageAccount.Tally] {
        try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
            ImageAccount.Tally(code: row["code"], count: row["count"])
        }
    }
}

extension ImageQuery {
    /// All records, also those whose file was removed.
    public static var everything: ImageQuery {
        var query = ImageQuery()
        query.removal = .included
        return query
    }
}
