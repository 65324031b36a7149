import Archive
import ArgumentParser

/// `skiagraph review log`: the sealed log, for anyone to check.
struct ReviewLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Print the log of reviewers, rules and votes, the oldest entry first.",
        discussion: """
            An entry's hash is the SHA-256 of the previous hash, the number, the time, the event and \
            the payload, a line each without a line feed at the end.
            """
    )

    @OptionGroup var options: ArchiveOptions

    func run() async throws {
        try await options.use { archive in
            for entry in try archive.reviewLog() {
                try options.print(entry) { entry in
                    let cells = [
                        "\(entry.seq)", "\(entry.recordedAt)", entry.event.rawValue, entry.payload,
                        String(entry.sha256.prefix(12)),
                    ]
                    return TerminalText.line(cells.joined(separator: " ")) + "\n"
                }
            }
        }
    }
}
