import Archive
import Foundation
import Imaging
import TestSupport
import Testing

struct ArchiveCommandTests {
    let workspace: WorkspaceFolder

    init() throws {
        workspace = try WorkspaceFolder()
        let outcome = try workspace.generate(
            "An X-ray of the hand",
            "A knee X-ray with a fracture",
            "-n",
            "2",
            "--seed",
            "0"
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }

    @Test func `list filters and pages`() throws {
        func list(_ arguments: String...) throws -> [Int64] {
            try Program.run(
                Program.path,
                ["archive", "list", "--json", "--workspace", workspace.path] + arguments
            ).decodedLines(as: ImageRecord.self).map(\.id)
        }
        #expect(try list("--anatomy", "knee", "--modality", "XR", "--kind", "synthetic") == [4, 3])
        #expect(try list("--finding", "fracture", "--limit", "1") == [4])
        #expect(try list("--limit", "2", "--before", "4", "--outcome", "done") == [3, 2])
        #expect(try list("--review", "accepted").isEmpty)
        #expect(try list("--since", "2000-01-01", "--until", "2001-01-01").isEmpty)
        let table = try workspace.run("archive", "list", "-n", "1").outputLines
        #expect(table.count == 2)
        #expect(table[0].hasPrefix("ID  KIND       OUTCOME  REVIEW      RECORDED"))
        #expect(table[1].hasPrefix("4   synthetic  done     unreviewed  20"))
        #expect(table[1].hasSuffix("XR knee  A knee X-ray with a fracture, seed 1"))
    }

    @Test func `search finds words and filters`() throws {
        func search(_ words: String...) throws -> [Int64] {
            try Program.run(
                Program.path,
                ["archive", "search", "--json", "--workspace", workspace.path] + words
            ).decodedLines(as: ImageRecord.self).map(\.id)
        }
        #expect(try search("fractures") == [4, 3])
        #expect(try search("x-ray", "anatomy=hand") == [2, 1])
        #expect(try search("unicorn").isEmpty)
        let wrong = try workspace.run("archive", "search", "anatomie=hand")
        #expect(wrong.exitCode == 64)
        #expect(wrong.errors.contains("\"anatomie=hand\" in the query; allowed: kind=…"))
    }

    @Test func `show tells all that is known`() throws {
        let text = try workspace.run("archive", "show", "3").output
        let record = try workspace.archive.record(3)
        let sha256 = try #require(record.file?.sha256)
        for words in ["fracture", "seed           0\n", sha256, "unreviewed", "tiny-radiograph"] {
            #expect(text.contains(words), "\(words) in \(text)")
        }
        let json = try workspace.run("archive", "show", String(sha256.prefix(16)), "--json").output
        #expect(json.contains("\"votes\":[]") && json.contains("\"id\":3"))
        let none = try workspace.run("archive", "show", "9")
        #expect(none.exitCode == 66 && none.errors.contains("no image 9"))
    }

    @Test func `export writes PNG files and never over others`() throws {
        let folder = "\(workspace.folder.path)/hands"
        for _ in 0..<2 {
            let outcome = try workspace.run("archive", "export", "-o", folder, "anatomy=hand")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(
                outcome.outputLines == [1, 2].map { "\(folder)/synthetic-00000\($0).png" }
            )
        }
        let original = try Data(
            contentsOf: URL(filePath: "\(workspace.output)/an-x-ray-of-the-hand-s1.png")
        )
        let copy = URL(filePath: "\(folder)/synthetic-000002.png")
        #expect(try Data(contentsOf: copy) == original)
        try Data("mine".utf8).write(to: copy)
        let refused = try workspace.run("archive", "export", "-o", folder)
        #expect(refused.exitCode == 73)
        #expect(try Data(contentsOf: copy) == Data("mine".utf8))
    }

    @Test func `remove deletes files and keeps records`() throws {
        let mistaken = try workspace.run("archive", "remove", "1", "9", "--reason", "a name")
        #expect(mistaken.exitCode == 66)
        #expect(try workspace.files().count == 4)
        let outcome = try workspace.run("archive", "remove", "1", "2", "--reason", "a name")
        #expect(outcome.output == "removed image 1\nremoved image 2\n")
        #expect(try workspace.files().count == 2)
        #expect(try workspace.records().map(\.id) == [4, 3])
        let removed = try workspace.records("removed=only")
        #expect(removed.map(\.removal?.reason) == ["a name", "a name"])
        #expect(try workspace.archive.verify().problems.isEmpty)
        let account = try workspace.run("archive", "count").output
        #expect(account.contains("2      synthetic  removed"))
    }

    @Test func `verify tells what is missing, altered and orphaned`() throws {
        let files = try workspace.files().map { "\(workspace.path)/files/\($0)" }
        try FileManager.default.removeItem(atPath: files[0])
        try Data("altered".utf8).write(to: URL(filePath: files[1]))
        try Data("orphan".utf8).write(to: URL(filePath: files[2] + ".123.tmp"))
        let found = try workspace.run("archive", "verify", "--json")
        #expect(found.exitCode == 65)
        let report = try #require(try found.decodedLines(as: Verification.self).first)
        #expect(report.problems.map(\.kind) == [.altered, .missing, .orphaned])
        #expect(report.recordCount == 4 && report.fileCount == 4)
        let repaired = try workspace.run("archive", "verify", "--repair")
        #expect(repaired.exitCode == 65)
        #expect(repaired.output.contains("repaired orphaned"))
        #expect(repaired.output.hasSuffix("NOT SOUND\n"))
        // Drawing them again brings the files back, byte for byte.
        for path in files[0...1] { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.removeItem(atPath: workspace.output)
        try workspace.generate(
            "An X-ray of the hand",
            "A knee X-ray with a fracture",
            "-n",
            "2",
            "--seed",
            "0"
        )
        let whole = try workspace.run("archive", "verify")
        #expect(whole.exitCode == 0 && whole.output.hasSuffix("\nsound\n"), "\(whole.output)")
        #expect(try workspace.records().count == 4)
    }

    @Test func `there is no archive where nothing was generated`() throws {
        let outcome = try Program.run(
            Program.path,
            ["archive", "list", "--workspace", "\(workspace.folder.path)/elsewhere"]
        )
        #expect(outcome.exitCode == 66)
        #expect(outcome.errors.contains("there is no archive in"))
        #expect(!FileManager.default.fileExists(atPath: "\(workspace.folder.path)/elsewhere"))
    }

    @Test func `real images come onto the record as they are`() throws {
        let jpeg = "\(workspace.folder.path)/hand.jpg"
        let text = "\(workspace.folder.path)/text.png"
        let picture = "\(workspace.folder.path)/knee.png"
        try Data("no image".utf8).write(to: URL(filePath: text))
        try Data(PixelImage(width: 4, height: 4, grey: Array(0..<16)).encodedPNG())
            .write(to: URL(filePath: picture))
        let arguments = ["--source", "a set, CC0", "--modality", "XR"]
        let outcome = try Program.run(
            Program.path,
            ["archive", "import", jpeg, text, picture, "--workspace", workspace.path] + arguments
        )
        #expect(outcome.exitCode == 65)
        #expect(outcome.output == "image 5: \(picture)\n")
        #expect(outcome.errors.contains("skipped \(text)"))
        #expect(outcome.errors.contains("2 of 3 files were not taken in"))
        let real = try workspace.records("kind=real modality=XR")
        #expect(real.map(\.source) == ["a set, CC0"])
        let again = try workspace.run("archive", "reproduce", "5")
        #expect(again.exitCode == 64 && again.errors.contains("it is real"))
    }

    @Test func `a generated picture cannot be imported as a real one`() throws {
        let drawn = try workspace.generate("A foot", "--seed", "9", "--no-archive")
        let path = try #require(drawn.outputLines.first)
        let outcome = try workspace.run("archive", "import", path, "--source", "a set, CC0")
        #expect(outcome.exitCode == 0)
        #expect(
            outcome.errors.contains("was made by tiny-radiograph and is on record as synthetic")
        )
        #expect(try workspace.records("kind=real").isEmpty)
        #expect(try workspace.records("kind=synthetic foot").map(\.provenance?.seed) == [9])
    }
}
