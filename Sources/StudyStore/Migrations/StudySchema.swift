import GRDB

/// The tables of a study and the rules that hold whatever a program does.
///
/// Migrations are only ever added: this is research data.
enum StudySchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 studies") { database in
            for statement in tables + answerRules + permanence {
                try database.execute(sql: statement)
            }
        }
        return migrator
    }

    private static let tables = [
        """
        CREATE TABLE study (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            definition TEXT NOT NULL CHECK (json_valid(definition)),
            isOpen INTEGER NOT NULL DEFAULT 1 CHECK (isOpen IN (0, 1))
        ) STRICT
        """,
        """
        CREATE TABLE image (
            id INTEGER PRIMARY KEY,
            caseID TEXT NOT NULL UNIQUE CHECK (caseID <> ''),
            truth TEXT NOT NULL CHECK (truth IN ('real', 'fake')),
            source TEXT NOT NULL,
            modality TEXT, anatomy TEXT, finding TEXT, sex TEXT,
            file TEXT NOT NULL UNIQUE
        ) STRICT
        """,
        """
        CREATE TABLE reader (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            consentedAt TEXT,
            disclosedAt TEXT
        ) STRICT
        """,
        // At most one invitation of a reader is valid; the code itself is nowhere.
        """
        CREATE TABLE invitation (
            readerID INTEGER PRIMARY KEY REFERENCES reader (id),
            codeHash TEXT NOT NULL UNIQUE CHECK (length(codeHash) = 64),
            createdAt TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE session (
            id INTEGER PRIMARY KEY,
            readerID INTEGER NOT NULL REFERENCES reader (id),
            tokenHash TEXT NOT NULL UNIQUE CHECK (length(tokenHash) = 64),
            usedAt TEXT NOT NULL,
            endedAt TEXT,
            screenCheck TEXT CHECK (screenCheck IS NULL OR json_valid(screenCheck))
        ) STRICT
        """,
        // Phase 0 asks for the quality, phase 1 for real or fake. publicID is all a browser sees.
        """
        CREATE TABLE showing (
            id INTEGER PRIMARY KEY,
            readerID INTEGER NOT NULL REFERENCES reader (id),
            phase INTEGER NOT NULL CHECK (phase IN (0, 1)),
            position INTEGER NOT NULL CHECK (position >= 0),
            imageID INTEGER NOT NULL REFERENCES image (id),
            repetition INTEGER NOT NULL CHECK (repetition >= 0),
            block INTEGER NOT NULL CHECK (block >= 0),
            publicID TEXT NOT NULL UNIQUE CHECK (length(publicID) = 32),
            shownAt TEXT,
            UNIQUE (readerID, phase, position),
            UNIQUE (readerID, phase, imageID, repetition)
        ) STRICT
        """,
        """
        CREATE TABLE answer (
            id INTEGER PRIMARY KEY,
            showingID INTEGER NOT NULL REFERENCES showing (id),
            revision INTEGER NOT NULL CHECK (revision >= 0),
            clientKey TEXT NOT NULL CHECK (length(clientKey) BETWEEN 16 AND 64),
            answer TEXT CHECK (answer IN ('real', 'uncertain', 'fake')),
            quality INTEGER CHECK (quality BETWEEN 1 AND 5),
            confidence INTEGER,
            description TEXT NOT NULL CHECK (length(description) <= 4000),
            regions TEXT NOT NULL CHECK (json_valid(regions)),
            seconds REAL NOT NULL CHECK (seconds >= 0),
            answeredAt TEXT NOT NULL,
            UNIQUE (showingID, revision),
            UNIQUE (showingID, clientKey)
        ) STRICT
        """,
        """
        CREATE TABLE draft (
            showingID INTEGER PRIMARY KEY REFERENCES showing (id),
            content TEXT NOT NULL CHECK (json_valid(content) AND length(content) <= 20000)
        ) STRICT
        """,
        """
        CREATE TABLE event (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            who TEXT NOT NULL CHECK (who <> ''),
            kind TEXT NOT NULL
                CHECK (kind IN ('created', 'readerAdded', 'invited', 'closed', 'reopened', 'forcedLook')),
            note TEXT NOT NULL
        ) STRICT
        """,
    ]

    /// Each answer fits the questions, in the reader's order, of a study that is open.
    private static let answerRules = [
        rule(
            "answerWhileOpen",
            "the study is closed",
            "(SELECT isOpen FROM study) = 0"
        ),
        rule(
            "answerFitsPhase",
            "the first phase takes a quality and no label, the second a label and no quality",
            """
            (SELECT phase FROM showing WHERE id = NEW.showingID) = 0
                AND (NEW.quality IS NULL OR NEW.answer IS NOT NULL)
            OR (SELECT phase FROM showing WHERE id = NEW.showingID) = 1
                AND (NEW.quality IS NOT NULL OR NEW.answer IS NULL)
            """
        ),
        rule(
            "answerIsOffered",
            "the study does not offer this label",
            """
            NEW.answer IS NOT NULL AND NEW.answer NOT IN
                (SELECT value FROM json_each((SELECT definition FROM study), '$.labels'))
            """
        ),
        rule(
            "answerHasConfidence",
            "confidence belongs to real and fake, where the study asks for it",
            """
            CASE
                WHEN NEW.answer IN ('real', 'fake')
                    AND (SELECT definition ->> '$.confidenceLevels' FROM study) IS NOT NULL
                THEN NEW.confidence IS NULL OR NEW.confidence NOT BETWEEN 1
                    AND (SELECT definition ->> '$.confidenceLevels' FROM study)
                ELSE NEW.confidence IS NOT NULL
            END
            """
        ),
        rule(
            "answerInOrder",
            "an earlier image has no answer yet",
            """
            EXISTS (
                SELECT 1 FROM showing AS this JOIN showing AS earlier
                    ON earlier.readerID = this.readerID
                    AND (earlier.phase, earlier.position) < (this.phase, this.position)
                WHERE this.id = NEW.showingID
                    AND NOT EXISTS (SELECT 1 FROM answer WHERE showingID = earlier.id)
            )
            """
        ),
        rule(
            "answerAfterConsent",
            "the reader has not consented",
            """
            (SELECT consentedAt FROM reader JOIN showing ON showing.readerID = reader.id
                WHERE showing.id = NEW.showingID) IS NULL
            """
        ),
        rule(
            "answerRevised",
            "the study does not allow changing answers",
            """
            NEW.revision <> (SELECT count(*) FROM answer WHERE showingID = NEW.showingID)
            OR NEW.revision > 0 AND (SELECT definition ->> '$.allowsRevision' FROM study) = 0
            """
        ),
    ]

    /// What was recorded stays as it was.
    private static let permanence =
        ["answer", "event", "image"].flatMap { table in
            ["UPDATE", "DELETE"].map { action in
                """
                CREATE TRIGGER \(table)No\(action) BEFORE \(action) ON \(table)
                BEGIN SELECT RAISE(ABORT, 'what is in \(table) stays as it was recorded'); END
                """
            }
        } + [
            """
            CREATE TRIGGER studyFixed BEFORE UPDATE OF id, definition ON study
            BEGIN SELECT RAISE(ABORT, 'a study keeps its definition'); END
            """,
            """
            CREATE TRIGGER showingFixed
            BEFORE UPDATE OF id, readerID, phase, position, imageID, repetition, block, publicID
            ON showing
            BEGIN SELECT RAISE(ABORT, 'a reader keeps the order'); END
            """,
        ]

    private static func rule(_ name: String, _ message: String, _ isBroken: String) -> String {
        """
        CREATE TRIGGER \(name) BEFORE INSERT ON answer WHEN \(isBroken)
        BEGIN SELECT RAISE(ABORT, '\(message)'); END
        """
    }
}
