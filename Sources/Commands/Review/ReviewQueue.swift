import Archive
import ArgumentParser

/// `skiagraph review queue`: what waits for a reviewer.
struct ReviewQueue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "List the images that wait for a reviewer's vote, the oldest first.",
        discussion: """
            Adjudicators also see images on which the others disagree. A query narrows the list.

            Example:
              skiagraph review queue --by "Dr Ada Roe" anatomy=hand
            """
    )

    @OptionGroup var options: ArchiveOptions
    @OptionGroup var words: QueryArgument

    @Option(help: ArgumentHelp("Registered name of the reviewer.", valueName: "name"))
    var by: String

    @Option(name: [.customShort("n"), .long], help: "The most images; 0 means all.")
    var limit = 50

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit cannot be \(limit)") }
    }

    func run() async throws {
        try await options.use { archive in
            let limit = limit == 0 ? nil : limit
            try options.print(archive.queue(for: by, words.query(), limit: limit))
        }
    }
}
