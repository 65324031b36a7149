public import ArgumentParser
import Glibc
import Workflows

/// `skiagraph evaluate`: measures what a model draws.
public struct Evaluate: AsyncParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        abstract: "Measure a model's pictures.",
        discussion: "For research; none of the figures says that a picture is medically right.",
        subcommands: [
            EvaluateRecognition.self, EvaluateReconstruction.self, EvaluateMemorization.self,
        ]
    )

    /// Makes the command; the argument parser needs it.
    public init() {}
}

/// What every measurement is told.
struct EvaluationOptions: ParsableArguments {
    @Option(help: "Name of a model, or path of a folder in the layout of diffusers.")
    var model = ModelLocator.defaultModel

    @Option(help: "Folder of the region classifier (default: the one beside the models).")
    var classifier: String?

    @Option(help: "Type of the numbers.")
    var dtype = GenerateImages.NumberType.float32

    @Option(help: "Device that computes.")
    var device = GenerateImages.Processor.cpu

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    var evaluation: EvaluateModel {
        EvaluateModel(
            model: model,
            classifierFolder: classifier,
            dtype: dtype,
            device: device,
            note: { reportOnStandardError($0) }
        )
    }

    /// Prints what `measure` finds, or complains and exits as sysexits.h has it.
    func report<Report: Encodable>(
        text: (Report) -> String,
        _ measure: () async throws -> Report
    ) async throws {
        try await complaining {
            let report = try await measure()
            TextStream.output.write(json ? try report.jsonText() : text(report))
        }
    }
}
