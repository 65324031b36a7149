import ArgumentParser
import Foundation
import Glibc
import Release

/// `skiagraph release verify`: whether a release is as it was made.
struct ReleaseVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Hash every file of a released folder; no archive is needed.",
        discussion: """
            Says which files are missing, altered or added; exit status 65 where there are any. Who changes a file and \
            its hash alike is found out by the seal that was printed when the release was made.

            Example:
              skiagraph release verify hands --seal 3f2a…
            """
    )

    @Argument(help: "Folder of the release.")
    var folder: String

    @Option(help: "The seal that was noted when the release was made.")
    var seal: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        try complaining {
            let report = try VerifyRelease(folder: folder)(expecting: seal)
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                TextStream.output.write(
                    String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
                )
            } else {
                TextStream.output.write(Self.text(report))
            }
            try TextStream.output.check()
            guard report.problems.isEmpty else { throw ExitCode(EX_DATAERR) }
        }
    }

    private static func text(_ report: VerifyRelease.Report) -> String {
        let problems = report.problems.map { problem in
            TerminalText.line(
                "PROBLEM \(problem.kind.rawValue) \(problem.path): \(problem.finding)"
            ) + "\n"
        }
        return problems.joined() + """
            files \(report.fileCount), images \(report.imageCount)
            seal \(report.seal)
            \(problems.isEmpty ? "sound" : "NOT SOUND")

            """
    }
}
