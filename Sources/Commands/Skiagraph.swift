public import ArgumentParser
import Workflows

/// The program: its name, its version and its commands.
public struct Skiagraph: AsyncParsableCommand {
    /// What `skiagraph --help` shows.
    public static let configuration = CommandConfiguration(
        commandName: "skiagraph",
        abstract: "Make synthetic radiology images with diffusion models.",
        discussion: "For research and teaching; nothing here diagnoses.",
        version: SoftwareVersion.current,
        subcommands: [
            Generate.self, Edit.self, ArchiveCommand.self, ReviewCommand.self, Train.self,
            Evaluate.self, PolicyCommand.self, ReleaseCommand.self, StudyCommand.self,
            DICOMWeb.self, DataCommand.self,
        ]
    )

    /// Makes the command; the argument parser needs it.
    public init() {}

    /// Runs the program on the process's arguments.
    public static func start() async {
        // Before anything has happened, since it may start the program once more. Words that cannot be
        // understood are told of by `main`.
        if let command = try? parseAsRoot(), command is any ComputingCommand { prepareProcess() }
        await main()
    }
}
