import GRDB

extension ImageArchive {
    /// The records that a query means, the newest first.
    ///
    /// - Parameters:
    ///   - query: which records.
    ///   - limit: the most records; nil for all.
    ///   - before: only records with a smaller number: the last of the page before.
    /// - Returns: the records.
    /// - Throws: `ArchiveError` where the archive cannot be read.
    public func images(
        _ query: ImageQuery = ImageQuery(),
        limit: Int? = nil,
        before: Int64? = nil
    ) throws(ArchiveError) -> [ImageRecord] {
        guard let conditions = query.conditions else { return [] }
        return try read { db in
            // The numbers come from an index alone; whole rows are read for one page only.
            let id = conditions.join.isEmpty ? "image.id" : "image_text.rowid"
            let page = before.map { "\(id) < \($0)" }
            let clause =
                conditions.clause.isEmpty
                ? page.map { "WHERE \($0)" } ?? ""
                : conditions.clause + (page.map { " AND \($0)" } ?? "")
            return try ImageRecord.fetchAll(
                db,
                sql: """
                    \(ImageRecord.selection)
                    WHERE image.id IN (
                        SELECT image.id FROM image \(conditions.join)\(clause)
                        ORDER BY \(id) DESC LIMIT \(limit ?? -1))
                    ORDER BY image.id DESC
                    """,
                arguments: conditions.arguments
            )
        }
    }

    /// How many records a query means.
    public func count(_ query: ImageQuery = ImageQuery()) throws(ArchiveError) -> Int {
        guard let conditions = query.conditions else { return 0 }
        return try read { db in
            try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM image \(conditions.join)\(conditions.clause)",
                arguments: conditions.arguments
            ) ?? 0
        }
    }
}
