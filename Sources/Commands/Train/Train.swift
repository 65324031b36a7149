public import ArgumentParser

/// `skiagraph train`: makes models from labelled images.
public struct Train: ParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        abstract: "Train models on labelled images.",
        subcommands: [TrainVAE.self, TrainScratch.self, TrainClassifier.self]
    )

    /// Parses `train`.
    public init() {}
}

/// What every training run is told.
struct TrainingRunOptions: ParsableArguments {
    @Option(help: "Folder of image sets, each with images and a manifest.csv.")
    var data: String

    @Option(name: .customLong("config"), help: "The run's settings, a JSON file.")
    var configuration: String

    @Option(name: .customLong("out"), help: "Folder of the run; running again continues there.")
    var run: String
}
