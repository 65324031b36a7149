public import ArgumentParser
public import Workflows

/// `skiagraph train classifier`: the network that `skiagraph evaluate` looks through.
struct TrainClassifier: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classifier",
        abstract: "Train a classifier of region or finding on real images, and test it.",
        discussion: """
            By finding, normal, pneumonia and COVID-19 are told apart in each region, and images of other \
            findings or of none stated are left out.

            Examples:
              skiagraph train classifier --data images --out runs/region-classifier
              skiagraph train classifier --by finding --data chests --out runs/finding-classifier
            """
    )

    @Option(help: "Folder of image sets, each with images and a manifest.csv.")
    var data: String

    @Option(
        name: .customLong("out"),
        help: "Folder of the run; the classifier goes to model/ in it."
    )
    var runFolder: String

    @Option(name: .customLong("by"), help: "What it tells apart.")
    var label = ClassifierLabel.region

    @Option(help: "Only test the classifier in this folder.")
    var test: String?

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    func run() throws {
        let training = TrainRegionClassifier(
            data: data,
            run: runFolder,
            label: label,
            report: reportOnStandardError
        )
        try complaining {
            let report = try test.map { try training.test(classifierFolder: $0) } ?? training()
            TextStream.output.write(json ? try report.jsonText() : report.text)
        }
    }
}

extension ClassifierLabel: ExpressibleByArgument {}
