import Archive
import Crypto
import Foundation
import Imaging
import Testing

struct VerificationTests {
    let workspace: TemporaryArchive
    let images: [ImageRecord]
    var archive: ImageArchive { workspace.archive }

    init() throws {
        workspace = try TemporaryArchive()
        images = [
            try workspace.addImage(seed: 1), try workspace.addImage(seed: 2),
            try workspace.addImage(seed: 3),
        ]
        try archive.register(Reviewer(name: "Ada", credentials: "radiologist"))
        try archive.register(Reviewer(name: "Ben", credentials: "radiologist"))
        try archive.vote(.accept, on: images[0].id, by: "Ada")
        try archive.vote(.accept, on: images[0].id, by: "Ben")
        try archive.vote(.reject, on: images[1].id, by: "Ada", reasons: [.extraDigit])
    }

    @Test func `a sound archive has no problems`() throws {
        _ = try workspace.addEdit(of: images[0])
        try archive.remove(images[2].id, because: "a mistake")
        let found = try archive.verify()
        #expect(found.problems.isEmpty, "\(found.problems)")
        #expect(found.isSound)
        #expect(found.recordCount == 4)
        #expect(found.fileCount == 4)  // two images, an edit and its mask
        #expect(found.reviewEntryCount == 5)
        #expect(found.reviewLogHead == (try archive.reviewLogHead()))
    }

    @Test func `the log's hashes can be computed by anyone`() throws {
        var previous = String(repeating: "0", count: 64)
        for entry in try archive.reviewLog() {
            let text = """
                \(previous)
                \(entry.seq)
                \(entry.recordedAt)
                \(entry.event.rawValue)
                \(entry.payload)
                """
            let hash = SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }
                .joined()
            #expect(entry.previousSHA256 == previous)
            #expect(entry.sha256 == hash)
            previous = hash
        }
        #expect(try archive.reviewLogHead() == previous)
    }

    @Test func `missing, altered and orphaned files are found`() throws {
        let paths = try images.map(archive.path)
        try FileManager.default.removeItem(atPath: paths[0])
        var bytes = try Data(contentsOf: URL(filePath: paths[1]))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: paths[1]))
        let orphan = "\(workspace.folder)/files/ab/left-over.png.123.tmp"
        try FileManager.default.createDirectory(
            atPath: "\(workspace.folder)/files/ab",
            withIntermediateDirectories: true
        )
        try Data("half".utf8).write(to: URL(filePath: orphan))
        let found = try archive.verify()
        #expect(
            found.problems.map { "\($0.kind.rawValue) \($0.subject)" } == [
                "altered image 2", "missing image 1", "orphaned ab/left-over.png.123.tmp",
            ]
        )
        #expect(!found.isSound)
        let repaired = try archive.verify(isRepairing: true)
        #expect(repaired.problems.map(\.isRepaired) == [false, false, true])
        #expect(!FileManager.default.fileExists(atPath: orphan))
        #expect(try archive.verify().problems.count == 2)
        #expect(throws: ArchiveError.self) { try archive.bytes(of: images[1]) }
    }

    @Test func `a missing file comes back when its image is added again`() throws {
        try FileManager.default.removeItem(atPath: archive.path(of: images[1]))
        #expect(try archive.verify().problems.map(\.kind) == [.missing])
        #expect(try workspace.addImage(seed: 2).id == images[1].id)
        #expect(try archive.verify().isSound)
    }

    @Test(arguments: [
        "DELETE FROM review_log WHERE seq = 4",
        "UPDATE review_log SET payload = '{}' WHERE seq = 4",
        "DELETE FROM image WHERE id = 3", "UPDATE image SET modality = 'CT' WHERE id = 3",
        "UPDATE image SET provenance = json_set(provenance, '$.prompt', 'other') WHERE id = 3",
        """
        INSERT INTO review_log (recorded_at, event, payload, previous_sha256, sha256)
        SELECT recorded_at, event, payload, sha256, replace(sha256, '0', '1') FROM review_log
        WHERE seq = 4
        """,
        """
        INSERT INTO review_log (recorded_at, event, payload, previous_sha256, sha256)
        SELECT recorded_at, event, json_set(payload, '$.reviewer', 'Eve'), sha256,
            replace(sha256, '0', '1') FROM review_log WHERE seq = 5
        """,
    ])
    func `the database itself forbids it`(_ sql: String) throws {
        #expect(throws: (any Error).self) { try workspace.tamper(sql) }
        #expect(try archive.verify().isSound)
    }

    @Test(arguments: [
        "provenance = json_set(provenance, '$.prompt', 'other')",
        "kind = 'real', provenance = NULL, source = 'a hospital'",
    ])
    func `a record that tells otherwise than its file shows`(_ change: String) throws {
        try workspace.tamper(
            "DROP TRIGGER image_is_fixed; UPDATE image SET \(change) WHERE id = 3"
        )
        let found = try archive.verify().problems.filter { $0.kind == .altered }
        #expect(found.map(\.subject) == ["image 3"])
        #expect(found.first?.finding.contains("do not tell the same of how it was made") == true)
    }

    /// What somebody does who takes the guards away first.
    @Test(arguments: [
        (
            """
            UPDATE review_log SET payload = replace(payload, 'accept', 'reject') WHERE seq = 4
            """, "entry 4", "it was changed"
        ),
        (
            "UPDATE review_log SET recorded_at = '2020-01-01T00:00:00.000Z' WHERE seq = 2",
            "entry 2", "it was changed"
        ),
        ("DELETE FROM review_log WHERE seq = 3", "entry 3", "entries are missing"),
        ("DELETE FROM review_log WHERE seq >= 4", "entry 4", "entries 4 to 5 are missing"),
        (
            """
            UPDATE review_log SET payload = replace(payload, 'radiologist', 'professor') WHERE seq = 1
            """, "entry 1", "it was changed"
        ),
        (
            "UPDATE image SET review = 'accepted' WHERE id = 2", "image 2",
            "its record says accepted, its votes say pending"
        ),
        (
            """
            UPDATE image SET review = 'unreviewed' WHERE id = 1
            """, "image 1", "its record says unreviewed, its votes say accepted"
        ),
    ])
    func `a hand in the database shows`(
        _ sql: String,
        _ subject: String,
        _ finding: String
    ) throws {
        let guards = [
            "review_log_is_kept", "review_log_is_fixed", "review_log_is_chained", "image_is_fixed",
        ]
        try workspace.tamper(
            "PRAGMA foreign_keys = OFF;"
                + guards.map { "DROP TRIGGER \($0);" }.joined() + sql
        )
        let found = try archive.verify()
        #expect(
            found.problems.contains { problem in
                problem.kind == .reviewLog && problem.subject == subject
                    && problem.finding.contains(finding)
            },
            "\(found.problems)"
        )
        #expect(found.problems.contains { $0.kind == .database }, "the triggers are gone")
    }

    @Test func `an image exchanged under its votes shows`() throws {
        let other = try #require(images[1].file)
        try workspace.tamper(
            """
            DROP TRIGGER image_is_fixed; DROP INDEX image_file;
            UPDATE image SET file_sha256 = '\(other.sha256)', pixel_sha256 = '\(other.pixelSHA256)'
            WHERE id = 1
            """
        )
        let found = try archive.verify()
        #expect(found.problems.contains { $0.finding.contains("another file than image 1") })
    }

    @Test func `a log written anew shows where its head was noted`() throws {
        let head = try archive.reviewLogHead()
        try archive.vote(.accept, on: images[1].id, by: "Ben")
        #expect(try archive.verify(expectingHead: head).isSound)
        let unknown = String(repeating: "e", count: 64)
        let found = try archive.verify(expectingHead: unknown)
        #expect(found.problems.map(\.finding) == ["no entry has the expected hash \(unknown)"])
    }

    @Test func `states of review are counted anew from a sound log`() throws {
        try workspace.tamper("UPDATE image SET review = 'rejected' WHERE id IN (1, 3)")
        let repaired = try archive.verify(isRepairing: true)
        #expect(repaired.problems.map(\.subject) == ["image 1", "image 3"])
        #expect(repaired.isSound)
        #expect(try archive.record(1).review == .accepted)
        #expect(try archive.record(3).review == .unreviewed)
        #expect(try archive.verify().problems.isEmpty)
    }

    @Test func `texts that cannot be found are indexed anew`() throws {
        try workspace.tamper("INSERT INTO image_text (image_text) VALUES ('delete-all')")
        #expect(try archive.count(ImageQuery(parsing: "hand")) == 0)
        #expect(try archive.verify().problems.map(\.kind) == [.database])
        #expect(try archive.verify(isRepairing: true).isSound)
        #expect(try archive.count(ImageQuery(parsing: "hand")) == 3)
    }
}
