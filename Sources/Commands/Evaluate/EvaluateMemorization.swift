import ArgumentParser
import Workflows

/// `skiagraph evaluate memorization`: whether pictures repeat training images.
struct EvaluateMemorization: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memorization",
        abstract: "Find the nearest training image of generated pictures and of held-out images.",
        discussion: """
            Example:
              skiagraph evaluate memorization --prompts-file prompts.txt --samples 200 \\
                --data images --sheet nearest.png
            """
    )

    @OptionGroup var options: EvaluationOptions

    @Option(help: "Prompts, one a line; # begins a comment; - is standard input.")
    var promptsFile: String

    @Option(help: "Pictures to generate, shared out over the prompts and rounded up.")
    var samples = 200

    @Option(help: "Folder of image sets, each with images and a manifest.csv.")
    var data: String

    @Option(help: "Write the nearest pairs, generated and training, to this PNG file.")
    var sheet: String?

    func run() async throws {
        try await options.report(text: { (found: MemorizationReport) in found.text }) {
            try await options.evaluation.memorization(
                prompts: PromptsFile(path: promptsFile).prompts,
                sampleCount: samples,
                data: data,
                sheet: sheet
            )
        }
    }
}
