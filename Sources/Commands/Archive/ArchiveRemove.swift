import Archive
import ArgumentParser

/// `skiagraph archive remove`: takes files out; the records stay.
struct ArchiveRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Delete the files of images; their records stay and say when and why.",
        discussion: """
            Example:
              skiagraph archive remove 12 13 --reason "a marker with a name can be read"
            """
    )

    @OptionGroup var options: ArchiveOptions

    @Argument(help: ArgumentHelp("Numbers or hashes of images.", valueName: "image"))
    var references: [String]

    @Option(help: "Why; it is kept.")
    var reason: String

    func run() async throws {
        try await options.use { archive in
            // All must be there before the first goes.
            let records = try references.map { try archive.record($0) }
            for record in records {
                let removed = try archive.remove(record.id, because: reason)
                try options.print(removed) { "removed image \($0.id)\n" }
            }
        }
    }
}
