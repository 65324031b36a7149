import ArgumentParser
import Foundation
import Workflows

/// `skiagraph data import`: brings images into a data set.
struct DataImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract:
            "Import DICOM files and pictures into a data set, without what identifies patients.",
        discussion: """
            Reads DICOM, PNG, JPEG and TIFF, 8 and 16 bit; what is broken is listed and stops nothing. \
            Run again, it imports only what is new. Images with text burned in are set aside: look at \
            them, and import those that may stay by name with --cleared. What ties the data set to its \
            sources lies beside it in DATASET.journal: keep that, and never share it.

            Examples:
              skiagraph data import scans --into knees --labels labels.csv
              skiagraph data import scans/12.dcm --into knees --cleared
            """
    )

    @Argument(help: "Files, and folders that hold some.")
    var sources: [String]

    @Option(name: .customLong("into"), help: "Folder of the data set.")
    var dataSet: String

    @Option(help: "Name of the set in it.")
    var set = "imported"

    @Option(
        help:
            "Table of labels, CSV or JSON Lines: file, prompt, modality, anatomy, finding, patient …"
    )
    var labels: String?

    @Option(
        help: ArgumentHelp(
            "How captions are made (default: \(CaptionTemplate.standard)); what stands in brackets is "
                + "left out where a field in it is not known.",
            valueName: "template"
        )
    )
    var caption: String?

    @Option(help: "Modality where nothing states it: XR, CT, MR, US …")
    var modality: String?

    @Option(help: "Region of the body where nothing states it.")
    var anatomy: String?

    @Option(help: "Licence of the images where the labels state none.")
    var licence: String?

    @Option(help: "Shares of patients for train, test and holdout.")
    var split = "0.8,0.1,0.1"

    @Option(help: "Another seed divides the patients otherwise.")
    var seed: UInt64 = 0

    @Option(help: "Folder of what ties the data set to its sources (default: DATASET.journal).")
    var journal: String?

    @Flag(help: "Cut off borders that have one value.")
    var cropPadding = false

    @Flag(help: "The images were looked at: text in them, or a near copy, does not hold them back.")
    var cleared = false

    @Flag(help: "Write the patients' own numbers into the data set, and no pseudonyms.")
    var keepPatientNumbers = false

    @Flag(help: "Print one JSON object a file, and the sums.")
    var json = false

    func run() throws {
        try complaining {
            let trap = SignalTrap {}
            let line = CountLine("file")
            let summary = try ImportImages(into: dataSet, options()).run(
                sources,
                isCancelled: { trap.caught != nil },
                progress: line.show,
                report: { event in
                    line.clear()
                    show(event)
                }
            )
            line.clear()
            try finish(summary)
            try TextStream.output.check()
            if let signal = trap.caught { throw ExitCode(128 + signal) }
        }
    }

    private func options() throws -> ImportImages.Options {
        let shares = split.split(separator: ",").map {
            Double($0.trimmingCharacters(in: .whitespaces)) ?? -1
        }
        var options = ImportImages.Options(split: try PatientSplit(shares: shares, seed: seed))
        options.set = set
        options.journal = journal
        options.labels = labels
        options.template = try caption.map { text in try CaptionTemplate(text) }
        options.modality = modality
        options.anatomy = anatomy
        options.licence = licence
        options.cropsPadding = cropPadding
        options.isCleared = cleared
        options.keepsPatientNumbers = keepPatientNumbers
        return options
    }

    private struct Line: Encodable {
        var path: String?
        let outcome: String
        var reason: String?
        var images: Int?
    }

    private func show(_ event: ImportImages.Event) {
        let line =
            switch event {
            case .imported(let path, let count):
                Line(path: path, outcome: "imported", images: count)
            case .known(let path): Line(path: path, outcome: "known")
            case .duplicate(let path, let other):
                Line(path: path, outcome: "duplicate", reason: "its images are there, as \(other)")
            case .setAside(let path, let reason):
                Line(path: path, outcome: "set aside", reason: reason)
            case .failed(let path, let reason):
                Line(path: path, outcome: "failed", reason: reason)
            case .unusedLabels(let count, let example):
                Line(
                    outcome: "unused labels",
                    reason: "\(count) of the rows name no file of the sources, such as \(example)"
                )
            }
        if json {
            write(line)
        } else if let reason = line.reason {
            let words = [line.outcome, line.path, reason].compactMap(\.self)
            reportOnStandardError("skiagraph: \(words.joined(separator: ": "))")
        }
    }

    private func finish(_ summary: ImportImages.Summary) throws {
        if summary.isInterrupted {
            reportOnStandardError(
                "skiagraph: stopped; what was imported is kept, the same command goes on"
            )
        }
        if json { return write(summary) }
        TextStream.output.write(
            """
            imported \(summary.images) images of \(summary.imported) files into \(dataSet)/\(set)
            known already: \(summary.known), duplicates: \(summary.duplicates), \
            set aside: \(summary.setAside), failed: \(summary.failed)

            """
        )
    }

    private func write(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return }
        TextStream.output.write(String(decoding: data, as: UTF8.self) + "\n")
    }
}
