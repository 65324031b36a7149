import ArgumentParser
import Workflows

/// `skiagraph train classifier`: the network that `skiagraph evaluate` looks through.
struct TrainClassifier: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classifier",
        abstract: "Train the classifier of modality and region, and test it.",
        discussion: """
            Example:
              skiagraph train classifier --data images --out runs/region-classifier
            """
    )

    @Option(help: "Folder of image sets, each with images and a manifest.csv.")
    var data: String

    @Option(
        name: .customLong("out"),
        help: "Folder of the run; the classifier goes to model/ in it."
    )
    var runFolder: String

    @Option(help: "Only test the classifier in this folder.")
    var test: String?

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    func run() throws {
        let training = TrainRegionClassifier(
            data: data,
            run: runFolder,
            report: reportOnStandardError
        )
        try complaining {
            let report = try test.map { try training.test(classifierFolder: $0) } ?? training()
            TextStream.output.write(json ? try report.jsonText() : report.text)
        }
    }
}
