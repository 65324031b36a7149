import ArgumentParser
import Workflows

/// `skiagraph evaluate memorization`: whether pictures repeat training images.
struct EvaluateMemorization: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memorization",
        abstract: "Find the nearest training image of generated pictures and of held-out images.",
        discussion: """
            Examples:
              skiagraph evaluate memorization --prompts-file prompts.txt --samples 200 \\
                --data images --sheet nearest.png
              skiagraph evaluate memorization --folder out --data images
            """
    )

    @OptionGroup var options: EvaluationOptions

    @Option(help: "Prompts, one a line; # begins a comment; - is standard input.")
    var promptsFile: String?

    @Option(help: "Measure the pictures in this folder, and generate none.")
    var folder: String?

    @Option(help: "Pictures to generate, shared out over the prompts and rounded up.")
    var samples = 200

    @Option(help: "Folder of image sets, each with images and a manifest.csv.")
    var data: String

    @Option(help: "Write the nearest pairs, generated and training, to this PNG file.")
    var sheet: String?

    func validate() throws {
        guard (promptsFile == nil) != (folder == nil) else {
            throw ValidationError("give either --prompts-file or --folder")
        }
    }

    func run() async throws {
        try await options.report(text: { (found: MemorizationReport) in found.text }) {
            if let folder {
                return try options.evaluation.memorization(
                    inFolder: folder,
                    data: data,
                    sheet: sheet
                )
            }
            return try await options.evaluation.memorization(
                prompts: promptsFile.map { try PromptsFile(path: $0).prompts } ?? [],
                sampleCount: samples,
                data: data,
                sheet: sheet
            )
        }
    }
}
