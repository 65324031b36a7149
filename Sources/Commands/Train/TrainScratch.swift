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

    @OptionGroup var options: TrainingOptions

    @Option(
        name: .customLong("model"),
        help: "Model folder with the autoencoder and the tokenizer."
    )
    var base: String

    func run() throws { try options.train(.scratch, base: base) }
}
