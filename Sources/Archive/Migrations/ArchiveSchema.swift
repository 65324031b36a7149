import GRDB

/// The database's form: migrations are only ever added, since what they change is research data.
enum ArchiveSchema {
    /// Tells an archive from other SQLite files ("Skia" in ASCII).
    static let applicationID = 0x536B_6961

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 images", migrate: createImages)
        migrator.registerMigration("2 reviews", migrate: createReviews)
        migrator.registerMigration("3 memorization checks", migrate: createMemorizationChecks)
        return migrator
    }

    /// Opens a database and migrates it.
    static func open(path: String) throws(ArchiveError) -> DatabasePool {
        do {
            try DatabaseHeader(path: path)?.check(path: path)
            var configuration = Configuration()
            configuration.busyMode = .timeout(30)
            configuration.label = "archive"
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.writeWithoutTransaction { db in
                // A record that was acknowledged survives a power cut too.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                if try check(db, path: path) == 0 {
                    // Before the first table: what a kill leaves is then known as an archive.
                    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
                }
            }
            try migrator.migrate(pool)
            return pool
        } catch {
            throw ArchiveError(error, path: path)
        }
    }

    /// Refuses what is no archive, or a newer one.
    ///
    /// - Returns: the application ID, 0 in a new file.
    private static func check(_ db: Database, path: String) throws -> Int {
        let found = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
        guard found == applicationID || isEmpty else { throw ArchiveError.notAnArchive(path: path) }
        let applied = try migrator.appliedIdentifiers(db)
        let unknown = applied.subtracting(migrator.migrations)
        guard unknown.isEmpty else {
            throw ArchiveError.newerArchive(path: path, migrations: unknown.sorted())
        }
        return found
    }
}
