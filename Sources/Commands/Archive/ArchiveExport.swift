import Archive
import ArgumentParser
import Workflows

/// `skiagraph archive export`: copies images into a folder.
struct ArchiveExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write images into a folder, named by kind and number.",
        discussion: """
            Standard output gets the paths, one a line; with --json the records too. Files are never \
            overwritten. What may be given away goes through a release, not through here.

            Example:
              skiagraph archive export -o hands anatomy=hand review=accepted
            """
    )

    @OptionGroup var options: ArchiveOptions
    @OptionGroup var words: QueryArgument

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("Folder of the files; it is made where it is missing.", valueName: "dir")
    )
    var folder: String

    @Option(help: "Form of the files.")
    var format = ExportImages.Format.png

    private struct Line: Encodable {
        let path: String
        let record: ImageRecord
    }

    func run() async throws {
        try await options.use { archive in
            try ExportImages(from: archive, to: folder, as: format).run(words.query()) { file in
                try options.print(Line(path: file.path, record: file.record)) { "\($0.path)\n" }
            }
        }
    }
}
