import Archive
import ArgumentParser
import Imaging
import Workflows

/// `skiagraph archive import`: puts images of patients on record.
struct ArchiveImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Put real images on record, for instance before they are edited.",
        discussion: """
            PNG and JPEG files are taken in byte for byte, with whatever they say of the patient: \
            de-identify first. A file that is no image is skipped and told; then the exit status is 65. A PNG that \
            carries the provenance of this program goes on record as synthetic or edited, as it says.

            Example:
              skiagraph archive import hands/*.png --source "Hand set, CC BY 4.0" --anatomy hand
            """
    )

    @OptionGroup var options: ArchiveOptions

    @Argument(help: "PNG and JPEG files.")
    var files: [String]

    @Option(help: "Where the images come from: data set and licence.")
    var source: String

    @OptionGroup var labels: LabelOptions

    func run() async throws {
        try await options.use(.createIfMissing) { archive in
            let importing = try ImportRealImages(
                into: archive,
                from: source,
                labels: labels.labels
            )
            try importing.run(files) { event in
                switch event {
                case .recorded(let record, let path):
                    if let model = record.provenance?.model {
                        reportOnStandardError(
                            "skiagraph: \(TerminalText.line("\(path) was made by \(model)")) and is on record as "
                                + record.kind.rawValue
                        )
                    }
                    try options.print(record) { "image \($0.id): \(TerminalText.line(path))\n" }
                case .failed(let error, let path):
                    reportOnStandardError(
                        "skiagraph: skipped \(TerminalText.line("\(path): \(error)"))"
                    )
                }
            }
        }
    }
}
