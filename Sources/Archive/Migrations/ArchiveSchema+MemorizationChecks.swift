import GRDB

extension ArchiveSchema {
    /// How near each image is to the training image nearest to it; the latest check counts.
    static func createMemorizationChecks(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE memorization_check (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    image_id INTEGER NOT NULL REFERENCES image (id),
                    checked_at TEXT NOT NULL \(timeCheck("checked_at")),
                    measure TEXT NOT NULL CHECK (measure <> ''),
                    nearest TEXT NOT NULL CHECK (nearest <> ''),
                    distance REAL NOT NULL CHECK (distance >= 0),
                    threshold REAL NOT NULL CHECK (threshold >= 0),
                    training_data TEXT NOT NULL CHECK (training_data <> '')
                ) STRICT;
                CREATE INDEX memorization_check_image ON memorization_check (image_id, id);
                CREATE TRIGGER memorization_check_is_kept BEFORE DELETE ON memorization_check
                BEGIN SELECT RAISE(ABORT, 'memorization checks are never deleted'); END;
                CREATE TRIGGER memorization_check_is_fixed BEFORE UPDATE ON memorization_check
                BEGIN SELECT RAISE(ABORT, 'memorization checks are never changed'); END;
                """
        )
    }
}
