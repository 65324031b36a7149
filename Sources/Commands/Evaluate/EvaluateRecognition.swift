import ArgumentParser
import Workflows

/// `skiagraph evaluate recognition`: whether pictures show what their prompts ask for.
struct EvaluateRecognition: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recognition",
        abstract: "Count the pictures whose region or finding a classifier recognises.",
        discussion: """
            The classifier was trained on real images only. It knows no "none of these", so a poor picture \
            counts as something too. It tells modality and region, or with the --classifier of \
            train classifier --by finding what the picture shows.

            EXAMPLES:
              skiagraph evaluate recognition --prompts-file prompts.txt --images 20
              skiagraph evaluate recognition --folder out --json
              skiagraph evaluate recognition --folder out --classifier runs/finding-classifier/model
            """
    )

    @OptionGroup var options: EvaluationOptions

    @Option(help: "Prompts, one a line; # begins a comment; - is standard input.")
    var promptsFile: String?

    @Option(help: "Judge the pictures in this folder by the prompts they carry, and generate none.")
    var folder: String?

    @Option(help: "Pictures a prompt; their seeds count up from 0.")
    var images = 20

    func validate() throws {
        guard (promptsFile == nil) != (folder == nil) else {
            throw ValidationError("give either --prompts-file or --folder")
        }
    }

    func run() async throws {
        try await options.report(text: { (found: RecognitionReport) in found.text }) {
            if let folder { return try options.evaluation.recognition(inFolder: folder) }
            let prompts = try promptsFile.map { try PromptsFile(path: $0).prompts } ?? []
            return try await options.evaluation.recognition(prompts: prompts, imageCount: images)
        }
    }
}
