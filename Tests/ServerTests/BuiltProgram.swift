import Foundation

/// The program `skiagraph`, run as a study lead does.
enum BuiltProgram {
    /// The program beside the test bundle, or the one named by `SKIAGRAPH_PROGRAM`.
    static let path =
        ProcessInfo.processInfo.environment["SKIAGRAPH_PROGRAM"]
        ?? URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "skiagraph").path

    /// Starts `skiagraph study COMMAND lungs` on a study.
    static func start(
        _ command: String,
        _ arguments: [String],
        on study: ServedStudy,
        output: Pipe? = nil,
        errors: Pipe? = nil
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments =
            ["study", command, "lungs"] + arguments + ["--workspace", study.workspace]
        if let output { process.standardOutput = output }
        if let errors { process.standardError = errors }
        try process.run()
        return process
    }

    /// Runs it to its end; gives status and standard output.
    static func run(
        _ command: String,
        _ arguments: String...,
        on study: ServedStudy
    ) throws -> (status: Int32, output: String) {
        let (output, errors) = (Pipe(), Pipe())
        let process = try start(command, arguments, on: study, output: output, errors: errors)
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }
}
