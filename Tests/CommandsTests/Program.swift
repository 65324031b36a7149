import Foundation
import TestSupport
import Testing

/// The built program, run as a user does.
struct Program {
    /// What a run left behind.
    struct Outcome {
        let exitCode: Int32
        let output: String
        let errors: String

        var outputLines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// The program lies beside the test bundle.
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "skiagraph").path

    /// The folder of a tiny model.
    static func model(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Goldens/models/\(name)").path
    }

    /// Runs `skiagraph generate` to its end.
    static func generate(_ arguments: String..., input: String = "") throws -> Outcome {
        try run(path, ["generate"] + arguments, input: input)
    }

    /// Runs any program to its end.
    static func run(
        _ program: String,
        _ arguments: [String],
        input: String = ""
    ) throws -> Outcome {
        try start(program, arguments, input: input).wait()
    }

    /// Starts a program in a folder of its own, which is gone when the run is.
    static func start(
        _ program: String,
        _ arguments: [String],
        input: String = ""
    ) throws -> Running {
        let folder = try TemporaryFolder()
        let files = ["input", "output", "errors"].map { folder.path + "/" + $0 }
        for file in files { try Data().write(to: URL(filePath: file)) }
        try Data(input.utf8).write(to: URL(filePath: files[0]))
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: files[0]))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: files[1]))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: files[2]))
        try process.run()
        return Running(process: process, folder: folder)
    }

    /// A run that has not ended yet.
    struct Running {
        let process: Process
        let folder: TemporaryFolder

        func wait() throws -> Outcome {
            process.waitUntilExit()
            let isKilled = process.terminationReason == .uncaughtSignal
            return Outcome(
                exitCode: isKilled ? -process.terminationStatus : process.terminationStatus,
                output: try folder.text("output"),
                errors: try folder.text("errors")
            )
        }
    }
}
