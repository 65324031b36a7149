import Foundation
import GRDB
import Imaging
import Testing

@testable import Archive

struct ArchiveSchemaTests {
    let workspace: TemporaryArchive

    init() throws { workspace = try TemporaryArchive() }

    @Test func `an archive of the first schema is brought up to date`() throws {
        let old = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "OldArchives/1-images")
        let copy = "\(workspace.folder)/copy"
        try FileManager.default.copyItem(atPath: old.path, toPath: copy)
        let archive = try ImageArchive(workspace: copy, mode: .existing)
        let records = try archive.images(.everything)
        #expect(records.map(\.id) == [4, 3, 2, 1])
        #expect(records.map(\.outcome) == [.failed, .refused, .done, .done])
        #expect(records[3].labels.anatomy == "hand")
        #expect(records[3].provenance?.prompt == "An X-ray of the hand")
        #expect(records[2].source == "a test, CC0")
        #expect(try archive.verify().problems.isEmpty)
        #expect(try archive.count(ImageQuery(parsing: "hand")) == 1)
        try archive.register(Reviewer(name: "Ada", credentials: "radiologist"))
        #expect(try archive.vote(.accept, on: 1, by: "Ada") == .pending)
        #expect(try archive.memorizationCheck(of: 1) == nil)
    }

    @Test func `migrations are only ever added`() {
        #expect(
            ArchiveSchema.migrator.migrations == [
                "1 images", "2 reviews", "3 memorization checks",
            ]
        )
    }

    @Test func `an archive of a newer version is left alone`() throws {
        try workspace.tamper("INSERT INTO grdb_migrations VALUES ('99 moods')")
        let error = ArchiveError.newerArchive(
            path: workspace.databasePath,
            migrations: ["99 moods"]
        )
        #expect(throws: error) { try ImageArchive(workspace: workspace.folder) }
    }

    @Test func `another program's database is left alone`() throws {
        let folder = "\(workspace.folder)/other"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        let path = "\(folder)/archive.sqlite"
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in try db.execute(sql: "CREATE TABLE note (text TEXT)") }
        try queue.close()
        let notes = try Data(contentsOf: URL(filePath: path))
        #expect(throws: ArchiveError.notAnArchive(path: path)) {
            try ImageArchive(workspace: folder)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == notes)
        let text = Data("These are notes, and no database at all.\n".utf8)
        try text.write(to: URL(filePath: path))
        #expect {
            try ImageArchive(workspace: folder)
        } throws: { error in
            if case ArchiveError.damaged(path, _) = error { true } else { false }
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == text)
    }

    @Test func `what a kill leaves of a first start is gone on with`() throws {
        let folder = "\(workspace.folder)/begun"
        let files = "\(folder)/files"
        try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
        // The file is there, its first page is not; then the migrator's own table is.
        try Data().write(to: URL(filePath: "\(folder)/archive.sqlite"))
        #expect(try ImageArchive(workspace: folder, mode: .existing).count() == 0)
        let queue = try DatabaseQueue(path: "\(folder)/archive.sqlite")
        let names = try queue.write { db in
            let sql = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
            for name in try String.fetchAll(db, sql: sql + " AND name LIKE 'image_text'") {
                try db.execute(sql: "DROP TABLE \(name)")
            }
            for name in ["memorization_check", "review_log", "image", "file"] {
                try db.execute(sql: "DROP TABLE \(name)")
            }
            try db.execute(sql: "DELETE FROM grdb_migrations")
            return try String.fetchAll(db, sql: sql + " AND name NOT LIKE 'sqlite%'")
        }
        #expect(names == ["grdb_migrations"])
        try queue.close()
        #expect(try ImageArchive(workspace: folder, mode: .existing).count() == 0)
    }

    @Test func `a folder without an archive is not made one by looking`() throws {
        let folder = "\(workspace.folder)/none"
        #expect(throws: ArchiveError.noArchive(folder: folder)) {
            try ImageArchive(workspace: folder, mode: .existing)
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test func `a workspace below a file is refused`() throws {
        #expect(
            throws: ArchiveError.folder(
                path: "\(workspace.databasePath)/below",
                errorNumber: ENOTDIR
            )
        ) {
            try ImageArchive(workspace: "\(workspace.databasePath)/below")
        }
    }

    /// Each breaks one rule; without the rule the row would go in.
    @Test(arguments: [
        "outcome": "'tried'", "kind": "'imagined'", "recorded_at": "'yesterday'",
        "pixel_sha256": "'abc'", "width": "0", "width ": "NULL", "bit_depth": "12",
        "reason": "'none'", "provenance": "'not JSON'", "provenance ": "NULL", "source": "'a test'",
        "removed_at": "recorded_at", "file_sha256": "printf('%064d', 1)",
        "mask_file_sha256": "file_sha256",
        "review": "'splendid'",
    ])
    func `the schema keeps a record whole`(_ column: String, _ value: String) throws {
        try workspace.addImage()
        let name = column.trimmingCharacters(in: .whitespaces)
        var values = Dictionary(
            uniqueKeysWithValues: [
                "kind", "outcome", "recorded_at", "file_sha256", "pixel_sha256", "width", "height",
                "channel_count", "bit_depth", "provenance",
            ].map { ($0, $0) }
        )
        func insert() throws {
            try workspace.tamper(
                """
                DROP INDEX IF EXISTS image_file;
                INSERT INTO image (\(values.keys.joined(separator: ", ")))
                SELECT \(values.values.joined(separator: ", ")) FROM image WHERE id = 1
                """
            )
        }
        try insert()
        values[name] = value
        #expect(throws: DatabaseError.self) { try insert() }
    }

    @Test func `a file whose record cannot be written goes again`() throws {
        try workspace.tamper(
            """
            CREATE TRIGGER broken BEFORE INSERT ON image
            BEGIN SELECT RAISE(ABORT, 'no more records'); END
            """
        )
        #expect(
            throws: ArchiveError.database(path: workspace.databasePath, message: "no more records")
        ) {
            try workspace.addImage()
        }
        #expect(try workspace.fileNames().isEmpty)
    }
}
