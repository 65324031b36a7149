import ArgumentParser

/// `skiagraph archive list`: the newest records.
struct ArchiveList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List records, the newest first.",
        discussion: """
            For words of the prompt, and filters such as anatomy=hand, there is archive search.

            Example:
              skiagraph archive list --anatomy hand --review accepted --json
            """
    )

    @OptionGroup var options: ArchiveOptions
    @OptionGroup var page: PageOptions
    @OptionGroup var filters: QueryOptions

    func run() async throws {
        try await options.use { archive in
            try options.print(page.images(filters.query, in: archive))
        }
    }
}
