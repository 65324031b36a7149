import Archive
import ArgumentParser
import Workflows

/// `skiagraph archive reproduce`: makes an image once more and compares.
struct ArchiveReproduce: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reproduce",
        abstract:
            "Generate or edit an image once more from its record and compare it byte by byte.",
        discussion: """
            Exit status 0 where every byte is the same, 70 where not, 65 where the model has other \
            weights. The archive is not changed. An edit begins with the image that it was made from: the \
            archive's, or the file that --source names.

            Examples:
              skiagraph archive reproduce 12
              skiagraph archive reproduce 13 --source chest.dcm
            """
    )

    @OptionGroup var options: ArchiveOptions

    @Argument(help: ArgumentHelp("Number or hash of the image.", valueName: "image"))
    var reference: String

    @Option(help: "Name or path of the model (default: the record's).")
    var model: String?

    @Option(
        name: .customLong("lora"),
        help: ArgumentHelp(
            "A LoRA that the record names, with its weight; may be repeated.",
            valueName: "file[:weight]"
        )
    )
    var loras: [GenerateImages.LoRA] = []

    @Option(help: "File that was edited, where it is not in the archive.")
    var source: String?

    @Option(help: "File of the mask, where it is not in the archive.")
    var mask: String?

    @Option(help: "File with a prompt for each window, where an outpainting was planned with one.")
    var plan: String?

    private struct Line: Encodable {
        let image: Int64
        let sha256: String
        let identical: Bool
        let samePixels: Bool

        enum CodingKeys: String, CodingKey {
            case image, sha256, identical
            case samePixels = "same_pixels"
        }
    }

    func run() async throws {
        try await options.use { archive in
            var materials = ReproduceImage.Materials()
            (materials.model, materials.loras) = (model, loras)
            (materials.source, materials.mask, materials.plan) = (source, mask, plan)
            let record = try archive.record(reference)
            let result = try await ReproduceImage(in: archive).run(record, with: materials)
            let line = Line(
                image: record.id,
                sha256: result.sha256,
                identical: result.isSameFile,
                samePixels: result.isSamePicture
            )
            try options.print(line) { line in
                line.identical ? "image \(line.image): identical, SHA-256 \(line.sha256)\n" : ""
            }
            try result.requireSameFile()
        }
    }
}
