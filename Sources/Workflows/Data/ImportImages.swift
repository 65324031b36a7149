import Crypto
import Foundation
import Imaging

/// Brings a researcher's own images into a data set that training reads.
public struct ImportImages: Sendable {
    /// What is to be done with images on their way.
    public struct Options: Sendable {
        /// The name of the set in the data set.
        public var set = "imported"
        /// A folder for what ties the data set to its sources; beside the data set where it is nil.
        public var journal: String?
        /// A table of labels.
        public var labels: String?
        /// Makes captions where the labels have none.
        public var template: CaptionTemplate?
        /// Taken where nothing else states it.
        public var modality: String?
        /// Taken where nothing else states it.
        public var anatomy: String?
        /// Taken where nothing else states it.
        public var licence: String?
        /// The division of patients.
        public var split: PatientSplit
        /// Whether borders of one value are cut off.
        public var cropsPadding = false
        /// Whether a person has looked at the images, so that text in them is no obstacle.
        public var isCleared = false
        /// Whether the patients' own numbers go into the data set in place of pseudonyms.
        public var keepsPatientNumbers = false

        /// The usual options.
        public init(split: PatientSplit) {
            self.split = split
        }
    }

    /// What became of a file.
    public enum Event: Sendable, Equatable {
        /// Images of it are in the set now.
        case imported(path: String, imageCount: Int)
        /// An earlier import had it.
        case known(path: String)
        /// Its images are in the set already.
        case duplicate(path: String, of: String)
        /// A person has to look at it first.
        case setAside(path: String, reason: String)
        /// It cannot be read, or not enough is known of it.
        case failed(path: String, reason: String)
        /// Rows of the labels name no file of the sources, such as `example`.
        case unusedLabels(count: Int, example: String)
    }

    /// How an import went.
    public struct Summary: Sendable, Equatable, Encodable {
        /// Files whose images are in the set now.
        public var imported = 0
        /// Images that came from them.
        public var images = 0
        /// Files of earlier imports.
        public var known = 0
        /// Files with images that the set has.
        public var duplicates = 0
        /// Files that wait for a person.
        public var setAside = 0
        /// Files that cannot be imported.
        public var failed = 0
        /// Whether files are left, since the import was stopped.
        public var isInterrupted = false

        enum CodingKeys: String, CodingKey {
            case imported, images, known, duplicates, failed
            case setAside = "set_aside"
            case isInterrupted = "interrupted"
        }
    }

    private let dataSet: String
    private let options: Options

    /// Prepares an import.
    ///
    /// - Parameters:
    ///   - dataSet: a folder of sets; it is made where it is missing.
    ///   - options: what to do.
    public init(into dataSet: String, _ options: Options) {
        self.dataSet = dataSet.hasSuffix("/") ? String(dataSet.dropLast()) : dataSet
        self.options = options
    }

    /// Imports files and what is in folders; what an earlier import had is passed over.
    ///
    /// No file stops the others. The data set is whole at every moment, whatever ends the process.
    /// - Parameters:
    ///   - sources: files and folders.
    ///   - isCancelled: asked before each file.
    ///   - progress: called before each file with the number of files done, and of all.
    ///   - report: takes what became of each.
    /// - Returns: how it went.
    /// - Throws: `DataSetError` where nothing can be imported at all, or the disk takes no more.
    public func run(
        _ sources: [String],
        isCancelled: () -> Bool = { false },
        progress: (Int, Int) -> Void = { _, _ in },
        report: (Event) -> Void
    ) throws -> Summary {
        guard options.set.wholeMatch(of: /[A-Za-z0-9_-][A-Za-z0-9._-]*/) != nil else {
            throw DataSetError.setName(options.set)
        }
        let files = try ImportSources.files(sources)
        let labels = try options.labels.map { try LabelTable(path: $0) } ?? LabelTable()
        let setPath = "\(dataSet)/\(options.set)"
        let journalFolder = options.journal ?? "\(dataSet).journal"
        let journalPath = "\(journalFolder)/\(options.set).jsonl"
        if ImageSetFolder.hasImages(setPath),
            !FileManager.default.fileExists(atPath: journalPath)
        {
            throw DataSetError.journalMissing(path: journalPath, set: setPath)
        }
        let folder = try ImageSetFolder(setPath)
        let journal = try ImportJournal(folder: journalFolder, set: options.set)
        folder.removeLeftovers()
        var work = ImportWork(options: options, labels: labels, folder: folder, journal: journal)
        var summary = Summary()
        if let unused = labels.unused(by: files) {
            report(.unusedLabels(count: unused.count, example: unused.example))
        }
        for (index, path) in files.enumerated() {
            progress(index, files.count)
            if isCancelled() {
                summary.isInterrupted = true
                break
            }
            let event = try work.take(path)
            summary.count(event)
            report(event)
        }
        try folder.writeTables(journal.entries.flatMap(\.images))
        return summary
    }
}

extension ImportImages.Summary {
    fileprivate mutating func count(_ event: ImportImages.Event) {
        switch event {
        case .imported(_, let imageCount):
            imported += 1
            images += imageCount
        case .known: known += 1
        case .duplicate: duplicates += 1
        case .setAside: setAside += 1
        case .failed: failed += 1
        case .unusedLabels: break
        }
    }
}
