public import ArgumentParser

/// `skiagraph train`: makes models from labelled images.
public struct Train: ParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        abstract: "Train models on labelled images.",
        discussion: """
            A run is a folder. Ctrl-C finishes the step, saves and says how to go on; a run that was killed \
            goes on from its latest checkpoint. Either way it ends as if it had never been interrupted.
            """,
        subcommands: [
            TrainLoRA.self, TrainFull.self, TrainVAE.self, TrainScratch.self, TrainResume.self,
            TrainExport.self, TrainClassifier.self,
        ]
    )

    /// Makes the command; the argument parser needs it.
    public init() {}
}
