public import ArgumentParser

/// `skiagraph release`: what leaves.
public struct ReleaseCommand: ParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Release accepted images as an immutable data set; check one.",
        subcommands: [ReleaseCreate.self, ReleaseCheck.self, ReleaseVerify.self]
    )

    /// Makes the command; the argument parser needs it.
    public init() {}
}
