import Archive
import Foundation
import Imaging
import Testing

/// Whatever moment a process dies at, the archive is whole.
struct CrashTests {
    /// Kills; `make crash-test` asks for many more.
    private static let killCount =
        ProcessInfo.processInfo.environment["SKIAGRAPH_KILLS"].flatMap { Int($0) } ?? 5
    private static let imageCount = 200

    @Test func `200 generations survive being killed at random moments`() throws {
        let workspace = try WorkspaceFolder()
        let arguments = [
            "generate", "A knee", "--seed", "0", "--steps", "1", "--size", "16x16",
            "--model", Program.model("tiny-radiograph"), "-o", workspace.output,
            "--workspace", workspace.path, "-n", "\(Self.imageCount)",
        ]
        var deaths = 0
        var recordCount = 0
        while deaths < Self.killCount, recordCount < Self.imageCount {
            let run = try Program.start(Program.path, arguments)
            // Anywhere from the start of the program to the writing of some pictures.
            usleep(.random(in: 0...3_000_000))
            kill(run.process.processIdentifier, SIGKILL)
            let isKilled = try run.wait().exitCode == -SIGKILL
            deaths += isKilled ? 1 : 0
            guard FileManager.default.fileExists(atPath: "\(workspace.path)/archive.sqlite")
            else { continue }
            let found = try workspace.run("archive", "verify", "--json")
            let report = try #require(
                try found.decodedLines(as: Verification.self).first,
                "\(found.errors)"
            )
            // Only a file whose record was still to come may be left over.
            #expect(report.problems.allSatisfy { $0.kind == .orphaned }, "\(report.problems)")
            #expect(report.problems.count <= 1)
            #expect(report.recordCount >= recordCount, "records are lost")
            recordCount = report.recordCount
            #expect(try workspace.run("archive", "verify", "--repair").exitCode == 0)
            let repaired = try workspace.run("archive", "verify")
            #expect(repaired.output.hasSuffix("\nsound\n"), "\(repaired.output)")
            #expect(try workspace.files().count == recordCount)
        }
        let rest = try Program.run(Program.path, arguments)
        #expect(rest.exitCode == 0, "\(rest.errors)")
        #expect(try workspace.list("--limit", "0", "--outcome", "done").count == Self.imageCount)
        #expect(try workspace.files().count == Self.imageCount)
        #expect(try workspace.run("archive", "verify").output.hasSuffix("\nsound\n"))
    }

    @Test func `two processes write at once, and both succeed`() throws {
        let workspace = try WorkspaceFolder()
        // Both draw seeds 3 to 5.
        let runs = try [0, 3].map { seed in
            try Program.start(
                Program.path,
                [
                    "generate", "A knee", "--seed", "\(seed)", "--steps", "1", "-n", "6",
                    "--model", Program.model("tiny-radiograph"),
                    "-o", "\(workspace.output)\(seed)", "--workspace", workspace.path,
                ]
            )
        }
        for run in runs {
            let outcome = try run.wait()
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
        }
        #expect(try workspace.run("archive", "verify").output.hasSuffix("\nsound\n"))
        let seeds = try workspace.list().compactMap(\.provenance)
            .map { $0.seed + UInt64($0.index) }
        #expect(Set(seeds) == Set(0...8))
    }
}
