public import ArgumentParser

/// `skiagraph data`: one's own images as material for training.
public struct DataCommand: ParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Import one's own images for training, and look at what a data set holds.",
        subcommands: [DataImport.self, DataInspect.self]
    )

    /// Makes the command; the argument parser needs it.
    public init() {}
}
