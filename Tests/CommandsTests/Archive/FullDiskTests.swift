import Archive
import Foundation
import Testing

/// A disk that takes no more, or nothing at all, is a clear error, and nothing is half-written.
struct FullDiskTests {
    let workspace: WorkspaceFolder

    init() throws { workspace = try WorkspaceFolder() }

    /// Runs a script with the arguments of a generation as "$@", in a mount namespace of its own
    /// where it mounts something.
    private func generate(
        _ count: Int,
        after script: String,
        isMounting: Bool = false
    ) throws -> Program.Outcome {
        try Program.run(
            "/usr/bin/env",
            (isMounting ? ["unshare", "--mount"] : []) + [
                "bash", "-c", script, "bash", Program.path, "generate", "A knee", "--seed", "0",
                "--steps", "1", "-n", "\(count)", "--model", Program.model("tiny-radiograph"),
                "-o", workspace.output, "--workspace", workspace.path,
            ]
        )
    }

    @Test func `a limit on the size of files leaves the archive whole`() throws {
        // 64 KiB are enough for the empty database's write-ahead log, or not: both are to be told.
        let outcome = try generate(3, after: "trap '' XFSZ; ulimit -f 64; exec \"$@\"")
        #expect(outcome.exitCode == 74, "\(outcome.errors)")
        #expect(outcome.errors.contains("\(workspace.path)/archive.sqlite"))
        #expect(try generate(3, after: "exec \"$@\"").exitCode == 0)
        #expect(try workspace.archive.verify().problems.isEmpty)
        #expect(try workspace.records().count == 3)
    }

    @Test(.enabled(if: Mounts.areAllowed, "only root can mount a small disk"))
    func `a full disk is told, and what was recorded stays`() throws {
        try FileManager.default.createDirectory(
            atPath: workspace.path,
            withIntermediateDirectories: true
        )
        let outcome = try generate(
            2000,
            after: """
                mount -t tmpfs -o size=2m tmpfs '\(workspace.path)' || exit 99
                "$@"; code=$?
                cp -r '\(workspace.path)' '\(workspace.path)-copy'
                exit $code
                """,
            isMounting: true
        )
        #expect(outcome.exitCode == 74, "\(outcome.errors)")
        #expect(outcome.errors.contains("no space left on the disk"))
        let copy = try ImageArchive(workspace: "\(workspace.path)-copy", mode: .existing)
        #expect(try copy.verify().problems.isEmpty)
        #expect(try copy.count(ImageQuery(parsing: "outcome=done")) >= outcome.outputLines.count)
        #expect(outcome.outputLines.count > 5)
    }

    @Test(.enabled(if: Mounts.areAllowed, "root may write wherever a disk is writable"))
    func `a read-only disk is told before anything is drawn`() throws {
        #expect(try generate(1, after: "exec \"$@\"").exitCode == 0)
        let readOnly = """
            mount --bind '\(workspace.path)' '\(workspace.path)' || exit 99
            mount -o remount,bind,ro '\(workspace.path)' || exit 99
            exec "$@"
            """
        let outcome = try generate(2, after: readOnly, isMounting: true)
        #expect(outcome.exitCode == 77, "\(outcome.errors)")
        #expect(outcome.errors.contains("Read-only file system; a workspace is written to even"))
        #expect(outcome.output.isEmpty)
        #expect(try workspace.records().count == 1)
    }

    @Test(.enabled(if: geteuid() != 0, "root needs no permission"))
    func `a folder without permission is told`() throws {
        try FileManager.default.createDirectory(
            atPath: workspace.path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o500]
        )
        let outcome = try generate(1, after: "exec \"$@\"")
        #expect(outcome.exitCode == 77)
        #expect(outcome.errors.contains("Permission denied"))
    }
}

/// Whether the tests may mount file systems of their own.
private enum Mounts {
    static let areAllowed: Bool = {
        let arguments = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        return geteuid() == 0 && (try? Program.run("/usr/bin/env", arguments).exitCode) == 0
    }()
}
