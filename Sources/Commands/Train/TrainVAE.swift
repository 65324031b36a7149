import ArgumentParser
import Foundation
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

    @OptionGroup var options: TrainingRunOptions

    func run() throws {
        try TrainModel(data: options.data, run: options.run, report: reportOnStandardError)
            .autoencoder(configurationFile: options.configuration)
    }
}

/// Writes a line of progress where it does not mix with results.
func reportOnStandardError(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
}
