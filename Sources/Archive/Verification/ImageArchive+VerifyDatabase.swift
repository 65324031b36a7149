import GRDB

extension ImageArchive {
    /// What SQLite finds, rules of the schema that are gone, and texts that are not to be found.
    func databaseProblems(_ isRepairing: Bool) throws(ArchiveError) -> [Verification.Problem] {
        var problems = try read { db in
            var findings = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
                .filter { $0 != "ok" }
            findings += try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
                "a row of \(row[0] as String) names one of \(row[2] as String) that is not there"
            }
            if try ArchiveSchema.migrator.hasSchemaChanges(db) {
                findings.append("tables, indexes or triggers are not those that Skiagraph made")
            }
            return findings.map { finding in
                Verification.Problem(kind: .database, subject: "archive.sqlite", finding: finding)
            }
        }
        if try !isTextIndexSound {
            if isRepairing { try command("(image_text) VALUES ('rebuild')") }
            let isSoundNow = try isTextIndexSound
            problems.append(
                Verification.Problem(
                    kind: .database,
                    subject: "archive.sqlite",
                    finding: "the index of texts does not fit the records",
                    isRepaired: isSoundNow
                )
            )
        }
        return problems
    }

    /// Whether the full text index has the texts of the records, and no others.
    private var isTextIndexSound: Bool {
        get throws(ArchiveError) {
            do throws(ArchiveError) {
                try command("(image_text, rank) VALUES ('integrity-check', 1)")
                return true
            } catch .damaged {
                return false
            }
        }
    }

    /// Gives the full text index one of its commands.
    private func command(_ columnsAndValues: String) throws(ArchiveError) {
        try write { db in try db.execute(sql: "INSERT INTO image_text \(columnsAndValues)") }
    }
}
