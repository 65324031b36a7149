import ArgumentParser
import Workflows

/// `skiagraph train vae`: the autoencoder between images and latents.
struct TrainVAE: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vae",
        abstract: "Train an autoencoder from nothing.",
        discussion: """
            Example:
              skiagraph train vae --data images --config Scripts/radiograph-mini/vae.json --out runs/vae
            """
    )

    @OptionGroup var options: TrainingOptions

    func run() throws { try options.train(.vae) }
}
