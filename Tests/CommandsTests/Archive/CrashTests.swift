import Archive
import Foundation
import Imaging
import Testing

/// Whatever moment a process dies at, the archive is whole.
struct CrashTests {
    /// Kills at least; `make crash-test` asks for many more.
    private static let killCount =
        ProcessInfo.processInfo.environment["SKIAGRAPH_KILLS"].flatMap { Int($0) } ?? 5
    private static let imageCount = 200

    @Test func `200 generations survive being killed at random moments`() throws {
        var deaths = 0
        while deaths < Self.killCount {
            let workspace = try WorkspaceFolder()
            var recordCount = 0
            while deaths < Self.killCount, recordCount < Self.imageCount {
                deaths += try killGeneration(workspace) ? 1 : 0
                recordCount = try expectWhole(workspace, atLeast: recordCount)
            }
            let rest = try startGeneration(workspace).wait()
            #expect(rest.exitCode == 0, "\(rest.errors)")
            #expect(try workspace.records("outcome=done").count == Self.imageCount)
            #expect(try workspace.files().count == Self.imageCount)
            #expect(try workspace.archive.verify().problems.isEmpty)
        }
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
        #expect(try workspace.archive.verify().problems.isEmpty)
        let seeds = try workspace.records().compactMap(\.provenance)
            .map { $0.seed + UInt64($0.index) }
        #expect(Set(seeds) == Set(0...8))
    }

    private func startGeneration(_ workspace: WorkspaceFolder) throws -> Program.Running {
        try Program.start(
            Program.path,
            [
                "generate", "A knee", "--seed", "0", "--steps", "1", "--size", "16x16",
                "--model", Program.model("tiny-radiograph"), "-o", workspace.output,
                "--workspace", workspace.path, "-n", "\(Self.imageCount)",
            ]
        )
    }

    /// Kills a generation anywhere from the start of the program to the writing of some pictures.
    ///
    /// - Returns: whether it was still running.
    private func killGeneration(_ workspace: WorkspaceFolder) throws -> Bool {
        let run = try startGeneration(workspace)
        usleep(.random(in: 0...3_000_000))
        kill(run.process.processIdentifier, SIGKILL)
        return try run.wait().exitCode == -SIGKILL
    }

    /// Checks what a kill has left behind, and repairs it.
    ///
    /// - Returns: how many records there are.
    private func expectWhole(_ workspace: WorkspaceFolder, atLeast count: Int) throws -> Int {
        guard FileManager.default.fileExists(atPath: "\(workspace.path)/archive.sqlite") else {
            return 0
        }
        let report = try workspace.archive.verify()
        // Only the file of an image whose record was still to come may be left over: under a temporary
        // name, its own, or for a moment both.
        #expect(report.problems.allSatisfy { $0.kind == .orphaned }, "\(report.problems)")
        let names = report.problems.map { $0.subject.prefix { $0 != "." } }
        #expect(Set(names).count <= 1, "\(report.problems)")
        #expect(report.recordCount >= count, "records are lost")
        #expect(try workspace.archive.verify(isRepairing: true).isSound)
        #expect(try workspace.archive.verify().problems.isEmpty)
        #expect(try workspace.files().count == report.recordCount)
        return report.recordCount
    }
}
