import GRDB

extension ArchiveSchema {
    /// The log of reviewers, rules and votes: it only grows, and each entry seals the one before.
    ///
    /// The payload is what the hash covers; the columns after it are computed from it. A vote belongs
    /// to a reviewer who is in the log, and is superseded at most once.
    static func createReviews(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE review_log (
                    seq INTEGER PRIMARY KEY AUTOINCREMENT,
                    recorded_at TEXT NOT NULL \(timeCheck("recorded_at")),
                    event TEXT NOT NULL CHECK (event IN ('reviewer', 'rule', 'vote')),
                    payload TEXT NOT NULL CHECK (json_valid(payload)),
                    previous_sha256 TEXT NOT NULL UNIQUE \(sha256Check("previous_sha256")),
                    sha256 TEXT NOT NULL UNIQUE \(sha256Check("sha256")),
                    reviewer TEXT AS (json_extract(payload, '$.reviewer')) STORED,
                    image_id INTEGER AS (json_extract(payload, '$.image')) STORED
                        REFERENCES image (id),
                    decision TEXT AS (json_extract(payload, '$.decision')) STORED
                        CHECK (decision IN ('accept', 'reject')),
                    supersedes INTEGER AS (json_extract(payload, '$.supersedes')) STORED
                        UNIQUE REFERENCES review_log (seq),
                    CHECK ((event = 'rule') = (reviewer IS NULL)),
                    CHECK ((event = 'vote') = (image_id IS NOT NULL)),
                    CHECK ((event = 'vote') = (decision IS NOT NULL))
                ) STRICT;
                CREATE INDEX review_log_image ON review_log (image_id, seq) WHERE event = 'vote';
                CREATE INDEX review_log_reviewer ON review_log (reviewer, event, seq);

                CREATE TRIGGER review_log_is_kept BEFORE DELETE ON review_log
                BEGIN SELECT RAISE(ABORT, 'entries of the review log are never deleted'); END;
                CREATE TRIGGER review_log_is_fixed BEFORE UPDATE ON review_log
                BEGIN SELECT RAISE(ABORT, 'entries of the review log are never changed'); END;
                CREATE TRIGGER review_log_is_chained BEFORE INSERT ON review_log
                WHEN NEW.previous_sha256 <> ifnull(
                    (SELECT sha256 FROM review_log ORDER BY seq DESC LIMIT 1),
                    '\(String(repeating: "0", count: 64))')
                BEGIN SELECT RAISE(ABORT, 'an entry of the review log follows its last one'); END;
                CREATE TRIGGER review_log_knows_reviewers BEFORE INSERT ON review_log
                WHEN NEW.event = 'vote' AND NOT EXISTS (
                    SELECT 1 FROM review_log
                    WHERE reviewer = json_extract(NEW.payload, '$.reviewer') AND event = 'reviewer')
                BEGIN SELECT RAISE(ABORT, 'a vote needs a registered reviewer'); END;
                CREATE TRIGGER review_log_supersedes_own BEFORE INSERT ON review_log
                WHEN json_extract(NEW.payload, '$.supersedes') IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM review_log
                    WHERE seq = json_extract(NEW.payload, '$.supersedes') AND event = 'vote'
                        AND reviewer = json_extract(NEW.payload, '$.reviewer')
                        AND image_id = json_extract(NEW.payload, '$.image'))
                BEGIN SELECT RAISE(ABORT, 'a vote supersedes one of the same reviewer and image'); END;
                """
        )
    }
}
