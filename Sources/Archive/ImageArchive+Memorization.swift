import GRDB

extension ImageArchive {
    /// Records the result of a memorization check; the latest one of an image counts.
    ///
    /// - Parameters:
    ///   - check: the result.
    ///   - id: the image's number.
    /// - Throws: `ArchiveError.unknownImage`, `.noFile`, or `.database` for a distance or threshold
    ///   that is negative or no number.
    public func recordMemorizationCheck(
        _ check: MemorizationCheck,
        of id: Int64
    ) throws(ArchiveError) {
        try write { db in
            guard try Self.record(id, db).outcome == .done else {
                throw ArchiveError.noFile(id: id)
            }
            try db.execute(
                sql: """
                    INSERT INTO memorization_check
                        (image_id, checked_at, measure, nearest, distance, threshold, training_data)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, check.checkedAt.description, check.measure, check.nearest, check.distance,
                    check.threshold, check.trainingData,
                ]
            )
        }
    }

    /// The latest memorization check of an image, or nil where there was none.
    public func memorizationCheck(of id: Int64) throws(ArchiveError) -> MemorizationCheck? {
        try read { db in
            _ = try Self.record(id, db)
            return try MemorizationCheck.fetchOne(
                db,
                sql: """
                    SELECT * FROM memorization_check WHERE image_id = ? ORDER BY id DESC LIMIT 1
                    """,
                arguments: [id]
            )
        }
    }
}

extension MemorizationCheck: RowReadable {
    init(row: Row) throws {
        self.init(
            measure: row["measure"],
            nearest: row["nearest"],
            distance: row["distance"],
            threshold: row["threshold"],
            trainingData: row["training_data"],
            checkedAt: try row.time("checked_at")
        )
    }
}
