public import Archive
import Imaging

/// Compares an archive's synthetic images with training images and puts what it finds on record, as a release demands it.
public struct CheckMemorization {
    /// An image and what was found.
    public struct Finding: Sendable, Encodable {
        /// The image's number.
        public let image: Int64
        /// Whether it is far enough from every training image.
        public let isPassed: Bool
        /// The distance that counts.
        public let check: MemorizationCheck

        enum CodingKeys: String, CodingKey {
            case image, check
            case isPassed = "passed"
        }
    }

    /// Images compared at once.
    private static let batchSize = 256

    private let archive: ImageArchive
    private let classifierFolder: String?
    private let locator: ModelLocator
    private let note: @Sendable (String) -> Void

    /// Prepares to compare.
    ///
    /// - Parameters:
    ///   - archive: holds the images, and gets the findings.
    ///   - classifierFolder: the folder of a `RegionClassifier`; nil takes the one beside the pretrained models.
    ///   - locator: finds it.
    ///   - note: takes lines of progress.
    public init(
        in archive: ImageArchive,
        classifierFolder: String? = nil,
        locator: ModelLocator = ModelLocator(),
        note: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.archive = archive
        self.classifierFolder = classifierFolder
        self.locator = locator
        self.note = note
    }

    /// Compares the synthetic images of a query, the oldest first.
    ///
    /// - Parameters:
    ///   - query: which images; those of patients are passed over.
    ///   - data: a folder of sets with a manifest.csv each, the model's training data.
    ///   - report: takes each finding, which is on record then.
    /// - Throws: an error that `FailureKind` sorts.
    public func callAsFunction(
        _ query: ImageQuery,
        data: String,
        report: (Finding) throws -> Void
    ) throws {
        var query = query
        query.outcome = .done
        query.removal = .excluded
        let records = try archive.images(query).reversed().filter { $0.kind != .real }
        guard !records.isEmpty else {
            note("no synthetic image fits the query")
            return
        }
        // It knows where classifiers are; no model is loaded.
        let evaluation = EvaluateModel(
            model: "",
            classifierFolder: classifierFolder,
            locator: locator
        )
        let reference = try TrainingReference(
            data: data,
            classifier: evaluation.classifier(),
            note: note
        )
        for start in stride(from: 0, to: records.count, by: Self.batchSize) {
            // Reading the training images takes a while, in which an image may have been removed.
            let batch = try records[start..<min(start + Self.batchSize, records.count)]
                .map { try archive.record($0.id) }.filter(\.hasFile)
            let images = try batch.map { try PixelImage.decode(archive.bytes(of: $0)) }
            for (record, check) in zip(batch, try reference.checks(of: images)) {
                try archive.recordMemorizationCheck(check, of: record.id)
                try report(Finding(image: record.id, isPassed: check.isPassed, check: check))
            }
        }
    }
}
