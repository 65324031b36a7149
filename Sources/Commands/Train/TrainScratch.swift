import ArgumentParser
import Workflows

/// `skiagraph train scratch`: UNet and text encoder in a finished autoencoder's latents.
struct TrainScratch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scratch",
        abstract: "Train a UNet and a text encoder from nothing.",
        discussion: """
            Example:
              skiagraph train scratch --data images --model runs/vae/model \\
                --config Scripts/radiograph-mini/scratch.json --out runs/scratch
            """
    )

    @OptionGroup var options: TrainingRunOptions

    @Option(
        name: .customLong("model"),
        help: "Model folder with the autoencoder and the tokenizer."
    )
    var base: String

    @Option(help: "End after so many hours, to be continued later.")
    var hours: Double?

    func run() throws {
        try TrainModel(data: options.data, run: options.run, report: reportOnStandardError)
            .diffusion(
                configurationFile: options.configuration,
                base: base,
                stopAfter: hours.map { $0 * 3_600 }
            )
    }
}
