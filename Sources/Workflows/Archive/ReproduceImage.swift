public import Archive
import Imaging
import Pipelines
import Schedulers
import Tensors

/// Makes an image of the archive once more from its record, and compares.
public struct ReproduceImage: Sendable {
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
    ///   - record: that of a generated image.
    ///   - model: the name or path of the model; nil looks for the record's.
    ///   - loras: the changes to its weights that the record names, in the same order.
    ///   - progress: takes the steps done and their number.
    /// - Returns: what came out; a difference is no error here.
    /// - Throws: `Failure.notReproducible`, `.otherWeights`, `ArchiveError` for an image that is
    ///   gone, and what drawing throws.
    public func run(
        _ record: ImageRecord,
        model: String? = nil,
        loras: [GenerateImages.LoRA] = [],
        progress: @escaping @Sendable (_ step: Int, _ stepCount: Int) -> Void = { _, _ in }
    ) async throws -> Result {
        guard record.kind == .synthetic, let provenance = record.provenance else {
            throw Failure.notReproducible(
                id: record.id,
                reason: "it is \(record.kind), and a prompt alone does not tell how"
            )
        }
        let original = try archive.bytes(of: record)
        let request = try TextToImageRequest(repeating: provenance, of: record.id)
        guard let dtype = GenerateImages.NumberType(rawValue: provenance.dtype),
            let device = GenerateImages.Processor(rawValue: provenance.device)
        else {
            throw Failure.notReproducible(
                id: record.id,
                reason: "this version does not compute \(provenance.dtype) on \(provenance.device)"
            )
        }
        let folder = try locator.folder(of: model ?? provenance.modelWithoutLoRAs)
        let weights = try await WeightsHash.sha256(ofModel: folder, with: loras)
        guard weights == provenance.modelSHA256 else {
            throw Failure.otherWeights(
                model: provenance.model,
                folder: folder,
                found: weights,
                expected: provenance.modelSHA256 ?? "none"
            )
        }
        let engine = try TextToImageEngine(
            modelFolder: folder,
            loras: loras.map(\.lora),
            dtype: dtype.dtype,
            device: device.device
        )
        let images = try await engine.generate([request]) { state in
            progress(state.step, state.stepCount)
        }
        guard let image = images.first else { throw CancellationError() }
        let bytes = try image.encodedPNG(text: provenance.pngText())
        return Result(
            record: record,
            bytes: bytes,
            sha256: WeightsHash.sha256(of: bytes),
            isSameFile: bytes == original,
            isSamePicture: try image == PixelImage.decode(original)
        )
    }
}

extension TextToImageRequest {
    /// The request that a provenance tells of.
    fileprivate init(repeating provenance: Provenance, of id: Int64) throws {
        guard let index = UInt64(exactly: provenance.index) else {
            throw ReproduceImage.Failure.notReproducible(
                id: id,
                reason: "its index is no number of a picture"
            )
        }
        self.init(
            prompt: provenance.prompt,
            negativePrompt: provenance.negativePrompt ?? "",
            seed: provenance.seed &+ index,
            inferenceStepCount: provenance.inferenceStepCount,
            guidanceScale: provenance.guidanceScale,
            width: provenance.width,
            height: provenance.height,
            scheduler: provenance.scheduler == GenerateImages.modelScheduler
                ? nil : try SchedulerKind(named: provenance.scheduler)
        )
    }
}

extension Provenance {
    /// What stands between a model's name and those of the changes to its weights.
    static let loraSeparator = " + "

    /// The name of the model alone.
    fileprivate var modelWithoutLoRAs: String {
        model.firstRange(of: Self.loraSeparator).map { String(model[..<$0.lowerBound]) } ?? model
    }
}
