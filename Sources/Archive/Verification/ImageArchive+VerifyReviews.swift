import GRDB

extension ImageArchive {
    /// What was found in the review log.
    struct ReviewLogReport {
        var entryCount = 0
        var head = ReviewLogEntry.origin
        var problems: [Verification.Problem] = []
    }

    /// Checks that no entry was changed, taken out or put in, and that records say what the log says.
    ///
    /// Whoever can write the database can also write a whole new log with right hashes; only a head that was
    /// noted elsewhere, for instance in a release, shows that.
    func reviewLogReport(
        expecting head: String?,
        _ isRepairing: Bool
    ) throws(ArchiveError) -> ReviewLogReport {
        var report = try read { db in try Self.chainReport(expecting: head, db) }
        guard report.problems.isEmpty else { return report }
        report.problems = try read { db in
            try Self.foreignVotes(db) + Self.wrongStates(db).map(\.problem)
        }
        guard isRepairing, !report.problems.isEmpty else { return report }
        report.problems = try write { db in
            let wrong = try Self.wrongStates(db)
            let rule = try Self.rule(db)
            for state in wrong { try Self.updateReviewState(of: state.id, rule, db) }
            return try Self.foreignVotes(db)
                + wrong.map { state in
                    var problem = state.problem
                    problem.isRepaired = true
                    return problem
                }
        }
        return report
    }

    private static func chainReport(
        expecting head: String?,
        _ db: Database
    ) throws -> ReviewLogReport {
        var report = ReviewLogReport()
        var isHeadSeen = head == nil || head == ReviewLogEntry.origin
        var last: Int64 = 0
        func complain(_ seq: Int64, _ finding: String) {
            report.problems.append(
                .init(kind: .reviewLog, subject: "entry \(seq)", finding: finding)
            )
        }
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM review_log ORDER BY seq")
        while let row = try rows.next() {
            let seq: Int64 = row["seq"]
            let sha256: String = row["sha256"]
            let previous: String = row["previous_sha256"]
            if seq != last + 1 { complain(last + 1, "entries are missing before entry \(seq)") }
            if previous != report.head { complain(seq, "it does not follow the entry before it") }
            let seal = ReviewLogEntry.seal(
                seq,
                row["recorded_at"],
                row["event"],
                row["payload"],
                previous
            )
            if seal != sha256 {
                complain(seq, "it was changed: its hash is \(seal), not \(sha256)")
            }
            isHeadSeen = isHeadSeen || sha256 == head
            last = seq
            report.head = sha256
            report.entryCount += 1
        }
        let written =
            try Int64.fetchOne(
                db,
                sql: "SELECT seq FROM sqlite_sequence WHERE name = 'review_log'"
            ) ?? 0
        if written > last { complain(last + 1, "entries \(last + 1) to \(written) are missing") }
        if !isHeadSeen { complain(last, "no entry has the expected hash \(head ?? "")") }
        return report
    }

    /// Votes on a file that is not the image's.
    private static func foreignVotes(_ db: Database) throws -> [Verification.Problem] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT review_log.seq AS seq, image.id AS id FROM review_log
                JOIN image ON image.id = review_log.image_id
                WHERE image.file_sha256 IS NOT json_extract(review_log.payload, '$.image_sha256')
                """
        ).map { row in
            .init(
                kind: .reviewLog,
                subject: "entry \(row["seq"] as Int64)",
                finding: "its vote was on another file than image \(row["id"] as Int64) has now"
            )
        }
    }

    /// Records whose state of review is not what the votes say.
    private static func wrongStates(
        _ db: Database
    ) throws -> [(id: Int64, problem: Verification.Problem)] {
        let rule = try rule(db)
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, review FROM image WHERE review <> 'unreviewed'
                    OR id IN (SELECT image_id FROM review_log WHERE event = 'vote')
                """
        )
        return try rows.compactMap { row in
            let id: Int64 = row["id"]
            let found: String = row["review"]
            let state = rule.state(of: try decisions(on: id, db))
            guard found != state.rawValue else { return nil }
            let problem = Verification.Problem(
                kind: .reviewLog,
                subject: "image \(id)",
                finding: "its record says \(found), its votes say \(state.rawValue)"
            )
            return (id, problem)
        }
    }
}
