public import ArgumentParser
import Glibc
public import Workflows

/// How a model draws, and where its pictures go: the same for generating and editing.
struct DrawingOptions: ParsableArguments {
    @Option(name: .customShort("n"), help: "Pictures to draw (a prompt).")
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

    @Option(help: "Size in pixels that the model draws at, multiples of 8 (default: the model's).")
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

    @Flag(help: "Print one JSON object a picture instead of its path.")
    var json = false

    /// The workspace that takes records, or nil where none are wanted.
    var recordingWorkspace: String? { archive ? workspace : nil }

    /// The seed that was given, or one drawn at random.
    func chosenSeed() -> UInt64 { seed ?? UInt64(UInt32.random(in: 0 ... .max)) }

    /// Draws, tells of it, and ends as sysexits.h has it.
    ///
    /// - Parameters:
    ///   - context: the surroundings.
    ///   - prepare: reads the rest of the command line into the work to do.
    /// - Throws: `ExitCode`.
    func run(
        _ context: CommandContext,
        prepare: (_ seed: UInt64) throws -> Drawing
    ) async throws {
        let report = GenerationReport(context, isJSON: json)
        do {
            let chosen = chosenSeed()
            let work = try prepare(chosen)
            if seed == nil { report.note("seed \(chosen)") }
            let task = Task { try await work { event in report.show(event) } }
            let trap = context.trapsSignals ? SignalTrap { task.cancel() } : nil
            do {
                try await withTaskCancellationHandler {
                    try await task.value
                } onCancel: {
                    task.cancel()
                }
            } catch is CancellationError {
                report.interrupted(resume: context.resumeCommand(seed: seed == nil ? chosen : nil))
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

    /// Work that tells of itself.
    typealias Drawing =
        @Sendable (_ report: @escaping @Sendable (GenerateImages.Event) -> Void) async throws ->
        Void
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
