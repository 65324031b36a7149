public import ArgumentParser

/// `skiagraph dicomweb`: speaks with image archives over the web.
public struct DICOMWeb: AsyncParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "dicomweb",
        abstract: "Exchange images with a DICOMweb server.",
        subcommands: [DICOMWebPush.self]
    )

    /// Makes the command; the argument parser needs it.
    public init() {}
}
