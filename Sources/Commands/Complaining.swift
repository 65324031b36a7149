import ArgumentParser
import Foundation
import Workflows

/// Runs `body`; an error becomes one line and an exit code of sysexits.h.
func complaining(_ body: () async throws -> Void) async throws {
    do {
        try await body()
        try TextStream.output.check()
    } catch {
        throw complaint(about: error)
    }
}

/// Runs `body`; an error becomes one line and an exit code of sysexits.h.
func complaining(_ body: () throws -> Void) throws {
    do {
        try body()
        try TextStream.output.check()
    } catch {
        throw complaint(about: error)
    }
}

/// Writes a line of progress where it does not mix with results.
func reportOnStandardError(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
}

/// Says in one line what failed, and how the process is to exit; an exit code has been explained already.
private func complaint(about error: any Error) -> ExitCode {
    if let code = error as? ExitCode { return code }
    let reason = (error as? CocoaError)?.localizedDescription ?? "\(error)"
    reportOnStandardError("skiagraph: error: \(TerminalText.line(reason))")
    return ExitCode(for: error)
}
