import ArgumentParser

/// `skiagraph archive search`: records by the words of prompts, labels and sources.
struct ArchiveSearch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find records by the words of their prompts, labels and sources.",
        discussion: """
            All words must fit; the beginning of a word is enough, and its ending does not matter. \
            Filters: kind, outcome, review, modality, anatomy, view, finding, sex, model, since, until, \
            removed.

            Example:
              skiagraph archive search fracture anatomy=hand since=2026-01-31
            """
    )

    @OptionGroup var options: ArchiveOptions
    @OptionGroup var page: PageOptions
    @OptionGroup var words: QueryArgument

    func run() async throws {
        try await options.use { archive in
            try options.print(page.images(words.query(), in: archive))
        }
    }
}
