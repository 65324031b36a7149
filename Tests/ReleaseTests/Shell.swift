import Foundation

/// Runs a program to its end.
func run(_ arguments: String...) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}

/// The SHA-256 of a file, by another program.
func sha256sum(_ path: String) throws -> String {
    String(try run("sha256sum", path).output.prefix(64))
}
