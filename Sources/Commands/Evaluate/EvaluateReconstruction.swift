import ArgumentParser
import Workflows

/// `skiagraph evaluate reconstruction`: what the autoencoder loses.
struct EvaluateReconstruction: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconstruction",
        abstract: "Measure PSNR and SSIM of the autoencoder on the test images.",
        discussion: """
            Example:
              skiagraph evaluate reconstruction --model radiograph-mini --data images
            """
    )

    @OptionGroup var options: EvaluationOptions

    @Option(help: "Folder of image sets, each with images and a manifest.csv.")
    var data: String

    @Option(help: "At most about so many images of a class (default: all).")
    var limit: Int?

    func run() async throws {
        try await options.report(text: { (found: ReconstructionReport) in found.text }) {
            try options.evaluation.reconstruction(data: data, limit: limit)
        }
    }
}
