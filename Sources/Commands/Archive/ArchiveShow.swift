import Archive
import ArgumentParser

/// `skiagraph archive show`: all that is known of one image.
struct ArchiveShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a record: request, file, lineage, votes, memorization check.",
        discussion: """
            Example:
              skiagraph archive show 12 --json
            """
    )

    @OptionGroup var options: ArchiveOptions

    @Argument(help: ArgumentHelp("Number or hash of the image.", valueName: "image"))
    var reference: String

    func run() async throws {
        try await options.use { archive in
            let record = try archive.record(reference)
            let details = ImageDetails(
                record: record,
                path: record.hasFile ? try archive.path(of: record) : nil,
                lineage: try archive.lineage(of: record),
                votes: try archive.votes(on: record.id),
                memorizationCheck: try archive.memorizationCheck(of: record.id)
            )
            try options.print(details, text: \.text)
        }
    }
}
