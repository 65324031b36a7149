public import Archive
import Imaging
import Pipelines
import Tensors

/// Makes a generated or edited image of the archive once more from its record, and compares.
public struct ReproduceImage: Sendable {
    /// What a record names and the archive does not hold.
    public struct Materials: Sendable {
        /// The name or path of the model; nil looks for the record's.
        public var model: String?
        /// The changes to its weights that the record names, in the same order.
        public var loras: [GenerateImages.LoRA] = []
        /// The file that was edited; nil takes the archive's.
        public var source: String?
        /// The mask's file; nil takes the archive's.
        public var mask: String?
        /// The prompts for the windows of a canvas; nil takes the prompt, or the built-in plan of the body.
        public var plan: String?

        /// Names nothing.
        public init() {}
    }

    /// What came out.
    public struct Result: Sendable, Hashable {
        /// The record that was followed.
        public let record: ImageRecord
        /// The file that was made.
        public let bytes: [UInt8]
        /// The SHA-256 of its bytes.
        public let sha256: String
        /// Whether every byte is that of the archive's file.
        public let isSameFile: Bool
        /// Whether every pixel is; a newer encoder may pack the same pixels otherwise.
        public let isSamePicture: Bool
    }

    private let archive: ImageArchive
    private let locator: ModelLocator

    /// Prepares a reproduction.
    ///
    /// - Parameters:
    ///   - archive: holds the record.
    ///   - locator: finds the model.
    public init(in archive: ImageArchive, locator: ModelLocator = ModelLocator()) {
        self.archive = archive
        self.locator = locator
    }

    /// Follows a record.
    ///
    /// - Parameters:
    ///   - record: that of a generated or edited image.
    ///   - materials: what the archive does not hold.
    ///   - progress: takes the steps done and their number.
    /// - Returns: what came out; a difference is no error here.
    /// - Throws: `Failure`, `ArchiveError` for an image that is gone, and what drawing throws.
    public func run(
        _ record: ImageRecord,
        with materials: Materials = Materials(),
        progress: @escaping @Sendable (_ step: Int, _ stepCount: Int) -> Void = { _, _ in }
    ) async throws -> Result {
        let original = try archive.bytes(of: record)
        guard let provenance = record.provenance else {
            throw Failure.notReproducible(
                id: record.id,
                reason: "it is real, and no model made it"
            )
        }
        guard let dtype = GenerateImages.NumberType(rawValue: provenance.dtype),
            let device = GenerateImages.Processor(rawValue: provenance.device)
        else {
            throw Failure.notReproducible(
                id: record.id,
                reason: "this version does not compute \(provenance.dtype) on \(provenance.device)"
            )
        }
        let folder = try locator.folder(of: materials.model ?? provenance.modelWithoutLoRAs)
        let work: any ReproducibleWork =
            switch record.kind {
            case .edited:
                try RepeatedEdit(
                    of: record,
                    provenance,
                    in: archive,
                    materials,
                    modelFolder: folder
                )
            case .synthetic, .real: try RepeatedGeneration(of: record, provenance)
            }
        let weights = try await WeightsHash.sha256(ofModel: folder, with: materials.loras)
        guard weights == provenance.modelSHA256 else {
            throw Failure.otherWeights(
                model: provenance.model,
                folder: folder,
                found: weights,
                expected: provenance.modelSHA256 ?? "none"
            )
        }
        try device.prepare()
        let engine = try TextToImageEngine(
            modelFolder: folder,
            loras: materials.loras.map(\.lora),
            dtype: dtype.dtype,
            device: device.device
        )
        let bytes = try await work.makeFile(with: engine, progress: progress)
        return Result(
            record: record,
            bytes: bytes,
            sha256: WeightsHash.sha256(of: bytes),
            isSameFile: bytes == original,
            isSamePicture: try PixelImage.decode(bytes) == PixelImage.decode(original)
        )
    }
}

/// What a record tells to do with a model.
protocol ReproducibleWork: Sendable {
    /// Makes the image's file.
    func makeFile(
        with engine: TextToImageEngine,
        progress: @escaping @Sendable (_ step: Int, _ stepCount: Int) -> Void
    ) async throws -> [UInt8]
}

extension Provenance {
    /// What stands between a model's name and those of the changes to its weights.
    static let loraSeparator = " + "

    /// The name of the model alone.
    fileprivate var modelWithoutLoRAs: String {
        model.firstRange(of: Self.loraSeparator).map { String(model[..<$0.lowerBound]) } ?? model
    }

    /// The scheduler as a request names it; nil for the model's own.
    var requestedScheduler: String? {
        scheduler == GenerateImages.modelScheduler ? nil : scheduler
    }
}
