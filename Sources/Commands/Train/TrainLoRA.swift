import ArgumentParser
import Workflows

/// `skiagraph train lora`: low-rank changes to a model's weights.
struct TrainLoRA: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lora",
        abstract: "Teach a model new images by a small file of changes (LoRA).",
        discussion: """
            The file loads here (generate --lora) and in diffusers (load_lora_weights).

            Example:
              skiagraph train lora --data images --model radiograph-mini --out runs/hands
              skiagraph generate "An X-ray of the hand" --lora runs/hands/model
            """
    )

    @OptionGroup var options: TrainingOptions
    @OptionGroup var base: FineTuningOptions

    func run() throws { try base.train(.lora, options) }
}

/// What a run is told that begins with a model.
struct FineTuningOptions: ParsableArguments {
    @Option(help: "Name of a model, or path of a folder in the layout of diffusers.")
    var model = ModelLocator.defaultModel

    @Option(
        help: """
            Folder of image sets of what the model is not to forget; each step sees as many of them. The \
            model's own pictures do well.
            """
    )
    var prior: String?

    func train(_ name: TrainingRun.Name, _ options: TrainingOptions) throws {
        try complaining {
            let folder = try ModelLocator().folder(of: model)
            try options.train(name, base: folder, prior: prior)
        }
    }
}
