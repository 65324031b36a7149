import Archive
import Foundation
import Imaging
import TestSupport
import Testing

/// Edits come out once more byte by byte.
struct ReproduceEditTests {
    private let workspace: WorkspaceFolder
    private let desk: EditingDesk

    init() throws {
        workspace = try WorkspaceFolder()
        desk = try EditingDesk()
    }

    /// Edits with the workspace as archive, and gives the record.
    private func edit(_ arguments: String...) throws -> ImageRecord {
        let outcome = try desk.edit(arguments + ["--workspace", workspace.path])
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return try #require(try workspace.records("kind=edited").first)
    }

    private func reproduce(_ id: Int64, _ arguments: String...) throws -> Program.Outcome {
        try Program.run(
            Program.path,
            [
                "archive", "reproduce", "\(id)", "--model", desk.model, "--workspace",
                workspace.path,
            ] + arguments
        )
    }

    private func expectIdentical(_ record: ImageRecord, _ arguments: String...) throws {
        let outcome = try Program.run(
            Program.path,
            [
                "archive", "reproduce", "\(record.id)", "--model", desk.model, "--workspace",
                workspace.path,
            ] + arguments
        )
        #expect(outcome.exitCode == 0, "\(record.provenance?.edit ?? ""): \(outcome.errors)")
        let sha256 = try #require(record.file).sha256
        #expect(outcome.output == "image \(record.id): identical, SHA-256 \(sha256)\n")
    }

    /// A picture that the archive has.
    private func archivedSource() throws -> String {
        let path = try desk.write(desk.marked())
        let outcome = try Program.run(
            Program.path,
            ["archive", "import", path, "--source", "made up", "--workspace", workspace.path]
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return path
    }

    @Test(arguments: [
        ["inpaint", "--box", "40,30,20,25", "--prompt", "A knee", "--negative", "text"],
        ["inpaint", "--box", "40,30,20,25", "--prompt", "A knee", "--strength", "0.5", "--infill"],
        ["inpaint", "--polygon", "50,20 90,35 45,70", "--prompt", "A knee", "--size", "32x48"],
        ["vary", "--strength", "0.4", "-n", "2"],
        ["restyle", "--prompt", "A hand", "--strength", "0.5", "--scheduler", "euler"],
        ["outpaint", "--to", "128x112", "--prompt", "A knee", "--size", "64x64"],
        ["outpaint", "--to", "96x200", "--prompt", "An X-ray of the knee", "--plan", "body"],
    ])
    func `an edit of an archived picture is made once more`(_ words: [String]) throws {
        let source = try archivedSource()
        let outcome = try desk.edit([words[0], source] + words.dropFirst() + workspaceOption)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        for record in try workspace.records("kind=edited") { try expectIdentical(record) }
    }

    @Test func `every candidate of a removal is made once more`() throws {
        let source = try archivedSource()
        _ = try edit(
            "remove",
            source,
            "--box",
            "4,4,10,8",
            "--element",
            "marker",
            "--prompt",
            "A knee with a marker",
            "--candidates",
            "2"
        )
        let records = try workspace.records("kind=edited")
        #expect(records.count == 2)
        for record in records { try expectIdentical(record) }
    }

    @Test func `an edit of an edit is made once more`() throws {
        let source = try archivedSource()
        _ = try edit("inpaint", source, "--box", "40,30,20,25", "--prompt", "A knee")
        let first = "\(desk.outputFolder)/source-inpaint-a-knee-s3.png"
        let second = try edit("inpaint", first, "--box", "10,40,20,25", "--prompt", "A hand")
        #expect(second.id == 3)
        try expectIdentical(second)
    }

    @Test func `a source that the archive does not have is asked for, and is checked`() throws {
        let path = try desk.write(desk.marked(bitDepth: 16))
        let record = try edit("inpaint", path, "--box", "40,30,20,25", "--prompt", "A knee")
        let without = try reproduce(record.id)
        #expect(without.exitCode == 64)
        #expect(without.errors.contains("is not in the archive; give it with --source"))
        let other = try reproduce(record.id, "--source", desk.write(desk.marked(), "other.png"))
        #expect(other.exitCode == 65)
        #expect(other.errors.contains("other.png is not the file that was edited"))
        try expectIdentical(record, "--source", path)
    }

    @Test func `an edit that was imported is made once more with the mask that is given`() throws {
        let source = try archivedSource()
        let first = try edit("inpaint", source, "--box", "40,30,20,25", "--prompt", "A knee")
        let elsewhere = try ReproduceEditTests()
        for path in [source, try workspace.archive.path(of: first)] {
            let arguments = ["archive", "import", path, "--source", "a colleague"]
            let outcome = try Program.run(Program.path, arguments + elsewhere.workspaceOption)
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
        }
        let second = try #require(try elsewhere.workspace.records("kind=edited").first)
        #expect(second.file?.sha256 == first.file?.sha256)
        let without = try elsewhere.reproduce(second.id)
        #expect(without.exitCode == 64)
        #expect(without.errors.contains("its mask is not in the archive; give it with --mask"))
        let mask = try #require(try workspace.archive.maskPath(of: first))
        try elsewhere.expectIdentical(second, "--mask", mask)
    }

    @Test func `a plan from a file is asked for`() throws {
        let source = try archivedSource()
        let plan = "\(desk.folder.path)/plan.json"
        try Data(
            """
            { "source_center": 0.5, "source_height": 0.4, "regions": [
              { "name": "up", "from": 0.5, "to": 1, "prompt": "sky" },
              { "name": "down", "from": 0, "to": 0.5, "prompt": "earth" } ] }
            """.utf8
        ).write(to: URL(filePath: plan))
        let record = try edit(
            "outpaint",
            source,
            "--to",
            "96x160",
            "--prompt",
            "weather",
            "--plan",
            plan
        )
        let without = try reproduce(record.id)
        #expect(without.exitCode == 64)
        #expect(without.errors.contains("--plan"))
        try expectIdentical(record, "--plan", plan)
    }

    @Test func `a real image is not reproduced`() throws {
        _ = try archivedSource()
        let outcome = try reproduce(1)
        #expect(outcome.exitCode == 64)
        #expect(outcome.errors.contains("it is real, and no model made it"))
    }

    private var workspaceOption: [String] { ["--workspace", workspace.path] }
}
