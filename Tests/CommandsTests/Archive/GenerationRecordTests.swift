import Archive
import Foundation
import Imaging
import TestSupport
import Testing

/// What `generate` leaves in the archive.
struct GenerationRecordTests {
    let workspace: WorkspaceFolder

    init() throws { workspace = try WorkspaceFolder() }

    @Test func `each picture is on record with its file, once`() throws {
        for _ in 0..<2 {
            let outcome = try workspace.generate(
                "An X-ray of the hand of a woman, PA view",
                "-n",
                "2",
                "--seed",
                "3",
                "--negative",
                "text"
            )
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
        }
        let records = try workspace.records()
        #expect(records.map(\.id) == [2, 1])
        for record in records {
            #expect(record.kind == .synthetic && record.outcome == .done)
            #expect(
                record.labels
                    == ImageLabels(modality: "XR", anatomy: "hand", view: "PA", sex: "female")
            )
            #expect(record.provenance?.negativePrompt == "text")
            #expect(record.provenance?.seed == 3)
            let (started, finished) = try (
                #require(record.startedAt), #require(record.finishedAt)
            )
            #expect(started <= finished && finished <= record.recordedAt)
        }
        #expect(records.map(\.provenance?.index) == [1, 0])
        let name = "an-x-ray-of-the-hand-of-a-woman-pa-view-s4.png"
        let sum = try Program.run("/usr/bin/sha256sum", ["\(workspace.output)/\(name)"]).output
        #expect(records[0].file?.sha256 == String(sum.prefix(64)))
        #expect(try workspace.files().count == 2)
    }

    @Test func `a line of JSON names the record`() throws {
        struct Line: Decodable { let record: Int64? }
        let first = try workspace.generate("A knee", "--seed", "1", "--json", "--no-archive")
        #expect(try first.decodedLines(as: Line.self).map(\.record) == [nil])
        #expect(!FileManager.default.fileExists(atPath: workspace.path))
        // What is there already comes onto the record too.
        let second = try workspace.generate("A knee", "--seed", "1", "-n", "2", "--json")
        #expect(try second.decodedLines(as: Line.self).map(\.record) == [1, 2])
        #expect(try workspace.records().map { $0.startedAt == nil } == [false, true])
    }

    @Test func `the workspace is in the current folder unless it is named`() throws {
        let model = Program.model("tiny-radiograph")
        let script = """
            cd '\(workspace.folder.path)' &&
            '\(Program.path)' generate 'A knee' --seed 0 --steps 1 --model '\(model)' &&
            '\(Program.path)' archive list --json
            """
        let outcome = try Program.run("/bin/sh", ["-c", script])
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.outputLines.count == 2)
        #expect(try workspace.folder.names() == ["out", "skiagraph-workspace"])
    }

    @Test func `pictures that failed are kept and counted`() throws {
        let model = try workspace.folder.copyModelOfNaNs()
        let outcome = try workspace.generate("A knee", "-n", "2", "--seed", "0", model: model)
        #expect(outcome.exitCode == 70)
        let records = try workspace.records("outcome=failed")
        #expect(records.map(\.provenance?.index) == [1, 0])
        #expect(records.map(\.reason?.code) == ["not-finite", "not-finite"])
        #expect(records.allSatisfy { $0.file == nil && $0.provenance?.modelSHA256?.count == 64 })
        let account = try workspace.run("archive", "count").output
        #expect(account.contains("2      synthetic   failed"))
        #expect(account.contains("COUNT  FAILED FOR\n2      not-finite\n"))
    }

    @Test func `a refused prompt is kept and counted, and nothing is drawn`() throws {
        let outcome = try workspace.generate("A knee", "A naked woman", "-n", "3", "--seed", "0")
        #expect(outcome.exitCode == 77)
        #expect(outcome.errors.contains("1 of 2 prompts are refused, nothing was drawn"))
        #expect(outcome.output.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: workspace.output))
        let records = try workspace.records()
        #expect(records.map(\.outcome) == [.refused])
        #expect(records.first?.provenance?.prompt == "A naked woman")
        #expect(records.first?.reason?.code.hasPrefix("sexual-content/") == true)
    }

    @Test func `personal data of a refused prompt are not kept`() throws {
        let prompt = "Chest X-ray of John Smith, born 12.03.1961, MRN 4711234"
        let outcome = try workspace.generate(prompt, "--negative", "MRN 4711234", "--json")
        #expect(outcome.exitCode == 77)
        let records = try workspace.records()
        #expect(records.map(\.provenance?.prompt) == ["(withheld: personal data)"])
        #expect(records.first?.provenance?.negativePrompt == nil)
        #expect(!outcome.output.contains("Smith") && !outcome.errors.contains("Smith"))
        let database = try Data(contentsOf: URL(filePath: "\(workspace.path)/archive.sqlite"))
        #expect(database.range(of: Data("Smith".utf8)) == nil)
        #expect(database.range(of: Data("4711234".utf8)) == nil)
    }
}
