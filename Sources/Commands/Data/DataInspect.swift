import ArgumentParser
import Foundation
import Imaging
import Workflows

/// `skiagraph data inspect`: tells what a data set holds.
struct DataInspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Count what a data set holds, and warn of what a model would learn wrongly.",
        discussion: """
            Works on every folder of image sets with a manifest.csv each. Images held out are counted \
            and not looked at.

            Example:
              skiagraph data inspect knees --report knees.html --sheet knees.png
            """
    )

    @Argument(help: "Folder of the data set.")
    var dataSet: String

    @Option(help: "Write a page with everything, and a contact sheet, into this file.")
    var report: String?

    @Option(help: "Write a contact sheet into this PNG file.")
    var sheet: String?

    @Option(help: "How many images the sheet shows.")
    var sheetCount = 48

    @Flag(help: "Print JSON instead of tables.")
    var json = false

    func validate() throws {
        guard (1...1_000).contains(sheetCount) else {
            throw ValidationError("--sheet-count is \(sheetCount); give 1 to 1000")
        }
    }

    func run() throws {
        try complaining {
            let line = CountLine("image")
            let (inspection, cells) = try DataSetInspection.inspect(
                dataSet,
                sheetCount: sheetCount,
                progress: line.show
            )
            line.clear()
            let picture =
                cells.isEmpty ? nil : try ContactSheet(cells: cells, columnCount: 8).image()
            if let sheet, let picture { try picture.writePNG(to: sheet) }
            if let report {
                try File.create(report, Array(inspection.html(sheet: picture).utf8))
            }
            TextStream.output.write(json ? try inspection.jsonText() : inspection.text)
        }
    }
}
