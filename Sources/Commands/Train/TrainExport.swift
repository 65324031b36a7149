import ArgumentParser
import Workflows

/// `skiagraph train export`: a model from a run's latest checkpoint.
struct TrainExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the averaged weights of a run as a model, with its card.",
        discussion: """
            Example:
              skiagraph train export runs/scratch --into models/hands
            """
    )

    @Argument(help: "Folder of the run.")
    var folder: String

    @Option(help: "Folder of the model, which must not exist yet.")
    var into: String

    func run() throws {
        try complaining { try ExportRun(folder: folder, report: reportOnStandardError)(into: into) }
    }
}
