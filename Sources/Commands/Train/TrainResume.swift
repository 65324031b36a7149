import ArgumentParser
import Workflows

/// `skiagraph train resume`: goes on with a run as it was begun.
struct TrainResume: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Continue a training run from its latest checkpoint.",
        discussion: """
            The settings are those in the run's configuration.json, where they may be changed before.

            Example:
              skiagraph train resume runs/scratch
            """
    )

    @Argument(help: "Folder of the run.")
    var folder: String

    @OptionGroup var time: TrainingTime

    func run() throws {
        try time.train(in: folder) { training in try training.resume() }
    }
}
