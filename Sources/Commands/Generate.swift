public import ArgumentParser
import Glibc
public import Workflows

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

    @Option(name: .customShort("n"), help: "Pictures a prompt.")
    var imageCount = 1

    @Option(help: "Seed of the first picture; the others count up from it (default: random).")
    var seed: UInt64?

    @Option(help: "Denoising steps (default: the model's).")
    var steps: Int?

    @Option(help: "Weight of classifier-free guidance; 1 means none (default: the model's).")
    var guidance: Double?

    @Option(help: "Sampling algorithm, such as ddim or dpmpp-2m (default: the model's).")
    var scheduler: String?

    @Option(help: "What the pictures should not show.")
    var negative = ""

    @Option(help: "Size in pixels, multiples of 8 (default: the model's).")
    var size: ImageSize?

    @Option(help: "Name of a model, or path of a folder in the layout of diffusers.")
    var model = ModelLocator.defaultModel

    @Option(
        name: .customLong("lora"),
        help: ArgumentHelp(
            "Add a LoRA to the model's weights, so much of it (default: 1); may be repeated.",
            valueName: "file[:weight]"
        )
    )
    var loras: [GenerateImages.LoRA] = []

    @Option(help: "Type of the numbers.")
    var dtype = GenerateImages.NumberType.float32

    @Option(help: "Device that computes.")
    var device = GenerateImages.Processor.cpu

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("Folder of the pictures.", valueName: "dir")
    )
    var outputFolder = "out"

    @OptionGroup var policy: PolicyOptions

    @Option(help: ArgumentHelp("Folder of the archive of all pictures.", valueName: "dir"))
    var workspace = ImageRecorder.defaultWorkspace

    @Flag(inversion: .prefixedNo, help: "Keep a record and a copy of each picture in the archive.")
    var archive = true

    @Flag(help: "Write a contact sheet of all pictures too.")
    var sheet = false

    @Flag(help: "Print one JSON object a picture instead of its path.")
    var json = false

    /// Makes the command; the argument parser needs it.
    public init() {}

    /// Runs the command in the process's surroundings.
    public func run() async throws {
        try await run(CommandContext.process)
    }

    func run(_ context: CommandContext) async throws {
        let report = GenerationReport(context, isJSON: json)
        do {
            let request = try makeRequest()
            if seed == nil { report.note("seed \(request.seed)") }
            let generation = try GenerateImages(request, policy: policy.policy())
            let task = Task {
                try await generation.run { event in report.show(event) }
            }
            let trap = context.trapsSignals ? SignalTrap { task.cancel() } : nil
            do {
                try await withTaskCancellationHandler {
                    try await task.value
                } onCancel: {
                    task.cancel()
                }
            } catch is CancellationError {
                report.interrupted(
                    resume: context.resumeCommand(seed: seed == nil ? request.seed : nil)
                )
                throw ExitCode(128 + (trap?.caught ?? SIGINT))
            }
            try context.output.check()
        } catch let code as ExitCode {
            throw code
        } catch {
            report.complain(error)
            throw ExitCode(for: error)
        }
    }

    private func makeRequest() throws -> GenerateImages.Request {
        let filePrompts = try promptsFile.map { try PromptsFile(path: $0).prompts } ?? []
        var request = GenerateImages.Request(
            prompts: prompts + filePrompts,
            seed: seed ?? UInt64(UInt32.random(in: 0 ... .max))
        )
        request.imageCount = imageCount
        request.inferenceStepCount = steps
        request.guidanceScale = guidance
        request.scheduler = scheduler
        request.negativePrompt = negative
        request.size = size
        request.model = model
        request.loras = loras
        request.dtype = dtype
        request.device = device
        request.outputFolder = outputFolder
        request.workspace = archive ? workspace : nil
        request.writesSheet = sheet
        return request
    }
}

extension GenerateImages.NumberType: ExpressibleByArgument {}

extension GenerateImages.Processor: ExpressibleByArgument {}

extension GenerateImages.LoRA: ExpressibleByArgument {
    /// Reads "file" or "file:0.8".
    public init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard let last = parts.last, parts.count > 1, let weight = Double(last) else {
            self.init(path: argument)
            return
        }
        guard weight.isFinite else { return nil }
        self.init(path: parts.dropLast().joined(separator: ":"), weight: weight)
    }

    /// The file and its weight as they are given.
    public var defaultValueDescription: String { "\(path):\(weight)" }
}

extension ImageSize: ExpressibleByArgument {
    /// Reads a size such as "512x512".
    public init?(argument: String) {
        let sides = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
        guard sides.count == 2, let width = Int(sides[0]), let height = Int(sides[1]) else {
            return nil
        }
        self.init(width: width, height: height)
    }

    /// The size as it is given.
    public var defaultValueDescription: String { "\(width)x\(height)" }
}
