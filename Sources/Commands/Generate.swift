public import ArgumentParser
import Workflows

/// `skiagraph generate`: pictures from prompts.
public struct Generate: AsyncParsableCommand {
    /// What `skiagraph generate --help` shows.
    public static let configuration = CommandConfiguration(
        abstract: "Draw pictures from prompts.",
        discussion: """
            Each picture becomes a PNG named for its prompt and seed and carries its provenance. Standard \
            output gets nothing but the paths, one a line. Files are never overwritten: the same \
            command run again draws only what is missing. Every picture, and every one that failed, \
            is on record in the archive of the workspace. A prompt that the policy refuses ends the \
            command before anything is drawn.

            EXAMPLES:
              skiagraph generate "An X-ray of the hand"
              skiagraph generate "An X-ray of the knee" -n 4 --seed 7 --sheet
              skiagraph generate --prompts-file prompts.txt --json > pictures.jsonl
              skiagraph generate "A chest X-ray" --model ~/models/sd15 --dtype bfloat16

            Exit status: 0, or that of sysexits.h: 64 usage, 65 data, 66 no input, 69 no device, \
            70 computation, 71 memory, 73 cannot create, 74 input or output, 77 permission or policy; \
            130 after Ctrl-C, 143 after SIGTERM.
            """
    )

    @Argument(help: "What to draw; each prompt in quotes.")
    var prompts: [String] = []

    @Option(
        help: "Read more prompts from a file, one a line; # begins a comment; - is standard input."
    )
    var promptsFile: String?

    @OptionGroup var drawing: DrawingOptions

    @Flag(help: "Write a contact sheet of all pictures too.")
    var sheet = false

    /// Makes the command; the argument parser needs it.
    public init() {}

    /// Runs the command in the process's surroundings.
    public func run() async throws {
        try await run(CommandContext.process)
    }

    func run(_ context: CommandContext) async throws {
        try await drawing.run(context) { seed in
            let generation = try GenerateImages(
                makeRequest(seed: seed),
                policy: drawing.policy.policy()
            )
            return { report in try await generation.run(report: report) }
        }
    }

    private func makeRequest(seed: UInt64) throws -> GenerateImages.Request {
        let filePrompts = try promptsFile.map { try PromptsFile(path: $0).prompts } ?? []
        var request = GenerateImages.Request(prompts: prompts + filePrompts, seed: seed)
        request.imageCount = drawing.imageCount
        request.inferenceStepCount = drawing.steps
        request.guidanceScale = drawing.guidance
        request.scheduler = drawing.scheduler
        request.negativePrompt = drawing.negative
        request.size = drawing.size
        request.model = drawing.model
        request.loras = drawing.loras
        request.dtype = drawing.dtype
        request.device = drawing.device
        request.outputFolder = drawing.outputFolder
        request.workspace = drawing.recordingWorkspace
        request.writesSheet = sheet
        return request
    }
}
