import ArgumentParser
import Workflows

/// `skiagraph train full`: all weights of a model.
struct TrainFull: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "full",
        abstract: "Teach a model new images by moving all weights of its UNet.",
        discussion: """
            Example:
              skiagraph train full --data images --model radiograph-mini --out runs/hands
              skiagraph generate "An X-ray of the hand" --model runs/hands/model
            """
    )

    @OptionGroup var options: TrainingOptions
    @OptionGroup var base: FineTuningOptions

    func run() throws { try base.train(.full, options) }
}
