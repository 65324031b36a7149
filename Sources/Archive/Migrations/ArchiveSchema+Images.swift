import GRDB

extension ArchiveSchema {
    /// Files, records and the full text of what was asked for.
    ///
    /// What the database itself holds to: a record that is done has a file, one that is not has a
    /// reason, a real image has a source and all others a request. Columns that repeat the request
    /// are computed from it. Records are never deleted, and never changed but for removal and review.
    static func createImages(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE file (
                    sha256 TEXT NOT NULL PRIMARY KEY \(sha256Check("sha256")),
                    byte_count INTEGER NOT NULL CHECK (byte_count > 0),
                    format TEXT NOT NULL CHECK (format IN ('PNG', 'JPEG'))
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE image (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    kind TEXT NOT NULL CHECK (kind IN ('real', 'synthetic', 'edited')),
                    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
                    review TEXT NOT NULL DEFAULT 'unreviewed' CHECK (
                        review IN ('unreviewed', 'pending', 'disputed', 'accepted', 'rejected')),
                    modality TEXT, anatomy TEXT, view TEXT, finding TEXT, sex TEXT,
                    recorded_at TEXT NOT NULL \(timeCheck("recorded_at")),
                    started_at TEXT \(timeCheck("started_at")),
                    finished_at TEXT \(timeCheck("finished_at")),
                    removed_at TEXT \(timeCheck("removed_at")),
                    removal_reason TEXT CHECK (removal_reason <> ''),
                    file_sha256 TEXT REFERENCES file (sha256),
                    pixel_sha256 TEXT \(sha256Check("pixel_sha256")),
                    width INTEGER CHECK (width > 0),
                    height INTEGER CHECK (height > 0),
                    channel_count INTEGER CHECK (channel_count BETWEEN 1 AND 4),
                    bit_depth INTEGER CHECK (bit_depth IN (8, 16)),
                    mask_file_sha256 TEXT REFERENCES file (sha256),
                    reason_code TEXT CHECK (reason_code <> ''),
                    reason TEXT CHECK (reason <> ''),
                    source TEXT CHECK (source <> ''),
                    provenance TEXT CHECK (provenance IS NULL OR json_valid(provenance)),
                    prompt TEXT AS (json_extract(provenance, '$.prompt')) STORED,
                    model TEXT AS (json_extract(provenance, '$.model')) STORED,
                    model_sha256 TEXT AS (json_extract(provenance, '$.model_sha256')) STORED,
                    parent_sha256 TEXT AS (json_extract(provenance, '$.parent_sha256')) STORED,
                    CHECK ((outcome = 'done') = (file_sha256 IS NOT NULL)),
                    CHECK ((file_sha256 IS NULL) = (pixel_sha256 IS NULL)),
                    CHECK ((file_sha256 IS NULL) = (width IS NULL)),
                    CHECK ((file_sha256 IS NULL) = (height IS NULL)),
                    CHECK ((file_sha256 IS NULL) = (channel_count IS NULL)),
                    CHECK ((file_sha256 IS NULL) = (bit_depth IS NULL)),
                    CHECK ((outcome = 'done') = (reason IS NULL)),
                    CHECK ((reason IS NULL) = (reason_code IS NULL)),
                    CHECK ((kind = 'real') = (source IS NOT NULL)),
                    CHECK ((kind = 'real') = (provenance IS NULL)),
                    CHECK ((kind = 'edited') = (parent_sha256 IS NOT NULL)),
                    CHECK (mask_file_sha256 IS NULL OR kind = 'edited'),
                    CHECK ((removed_at IS NULL) = (removal_reason IS NULL)),
                    CHECK (removed_at IS NULL OR outcome = 'done'),
                    CHECK (review = 'unreviewed' OR (outcome = 'done' AND kind <> 'real'))
                ) STRICT;

                CREATE UNIQUE INDEX image_file ON image (file_sha256)
                    WHERE removed_at IS NULL AND file_sha256 IS NOT NULL;
                CREATE INDEX image_all_files ON image (file_sha256);
                CREATE INDEX image_mask_file ON image (mask_file_sha256);
                CREATE INDEX image_pixels ON image (pixel_sha256);
                CREATE INDEX image_parent ON image (parent_sha256);
                -- Holds all that lists are filtered and counted by.
                CREATE INDEX image_filter ON image (
                    outcome, kind, review, removed_at, modality, anatomy, view, finding, sex, model,
                    reason_code, recorded_at);

                CREATE TRIGGER image_is_kept BEFORE DELETE ON image
                BEGIN SELECT RAISE(ABORT, 'image records are never deleted'); END;
                CREATE TRIGGER image_is_fixed BEFORE UPDATE OF
                    id, kind, outcome, modality, anatomy, view, finding, sex, recorded_at, started_at,
                    finished_at, file_sha256, pixel_sha256, width, height, channel_count, bit_depth,
                    mask_file_sha256, reason_code, reason, source, provenance ON image
                BEGIN SELECT RAISE(ABORT, 'image records are never changed'); END;
                CREATE TRIGGER image_removal_is_fixed BEFORE UPDATE OF removed_at, removal_reason
                    ON image WHEN OLD.removed_at IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'a removal is never changed'); END;

                CREATE VIRTUAL TABLE image_text USING fts5 (
                    prompt, modality, anatomy, view, finding, sex, source,
                    content = 'image', content_rowid = 'id',
                    tokenize = 'porter unicode61 remove_diacritics 2');
                CREATE TRIGGER image_text_insert AFTER INSERT ON image
                BEGIN
                    INSERT INTO image_text
                        (rowid, prompt, modality, anatomy, view, finding, sex, source)
                    VALUES (NEW.id, NEW.prompt, NEW.modality, NEW.anatomy, NEW.view, NEW.finding,
                        NEW.sex, NEW.source);
                END;
                """
        )
    }

    static func sha256Check(_ column: String) -> String {
        "CHECK (length(\(column)) = 64 AND NOT \(column) GLOB '*[^0-9a-f]*')"
    }

    static func timeCheck(_ column: String) -> String {
        "CHECK (\(column) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:"
            + "[0-9][0-9].[0-9][0-9][0-9]Z')"
    }
}
