import Foundation
import Glibc
import Testing

/// The built program serving a study, so that a test can kill it.
struct ServingProcess {
    let site: URL
    private let process: Process

    /// Starts the program and waits until browsers can come.
    init(_ study: ServedStudy) throws {
        let errors = Pipe()
        process = try BuiltProgram.start("serve", ["--port", "0"], on: study, errors: errors)
        var text = ""
        var address: Substring?
        while address == nil {
            let data = errors.fileHandleForReading.availableData
            try #require(!data.isEmpty, "study serve ended with: \(text)")
            text += String(decoding: data, as: UTF8.self)
            address = text.firstMatch(of: /served at (http:\S+)\//)?.1
        }
        site = try #require(URL(string: String(address ?? "")))
    }

    /// Kills the program as a power cut would.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks the program to end.
    func stop() -> Int32 {
        Glibc.kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        return process.terminationStatus
    }
}
