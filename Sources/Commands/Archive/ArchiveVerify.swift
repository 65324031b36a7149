import Archive
import ArgumentParser
import Glibc

/// `skiagraph archive verify`: whether all is there and nothing was changed.
struct ArchiveVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Hash every file and picture, check database and review log.",
        discussion: """
            Says which files are missing, altered or orphaned, and whether a vote was changed. Exit \
            status 65 where something is wrong and not repaired.

            Examples:
              skiagraph archive verify --repair
              skiagraph archive verify --head 3f2a…   (as printed by an earlier verify)
            """
    )

    @OptionGroup var options: ArchiveOptions

    @Flag(
        name: .customLong("repair"),
        help: """
            Delete files without a record, index texts anew, count votes anew. Missing and altered files \
            are for you to bring back, or to remove.
            """
    )
    var isRepairing = false

    @Option(help: "Head of the review log that was noted earlier; it must still be in the log.")
    var head: String?

    func run() async throws {
        try await options.use { archive in
            let found = try archive.verify(
                isRepairing: isRepairing,
                expectingHead: head?.lowercased()
            )
            try options.print(found, text: Self.text)
            guard found.isSound else { throw ExitCode(EX_DATAERR) }
        }
    }

    private static func text(_ found: Verification) -> String {
        let problems = found.problems.map { problem in
            let state = problem.isRepaired ? "repaired" : "PROBLEM"
            let words = [state, problem.kind.rawValue, "\(problem.subject): \(problem.finding)"]
            return TerminalText.line(words.joined(separator: " ")) + "\n"
        }
        return problems.joined() + """
            records \(found.recordCount), files \(found.fileCount), \
            review entries \(found.reviewEntryCount)
            head of the review log \(found.reviewLogHead)
            \(found.problems.isEmpty ? "sound" : found.isSound ? "sound after repair" : "NOT SOUND")

            """
    }
}
