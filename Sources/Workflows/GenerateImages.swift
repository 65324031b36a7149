import Foundation
import Imaging
import Pipelines
import Schedulers
import Tensors

/// Draws pictures from prompts and writes each to its file as soon as it is done.
///
/// The files carry their provenance. One that an earlier run of the same request has written is not
/// drawn again, so a request that was cut short is gone on with by running it again.
public struct GenerateImages: Sendable {
    /// What to draw.
    public let request: Request
    private let locator: ModelLocator

    /// Prepares to draw.
    ///
    /// - Parameters:
    ///   - request: what to draw.
    ///   - locator: finds the model.
    public init(_ request: Request, locator: ModelLocator = ModelLocator()) {
        self.request = request
        self.locator = locator
    }

    /// Draws the pictures.
    ///
    /// - Parameter report: takes the events, one after the other.
    /// - Throws: an error that `FailureKind` sorts, or `CancellationError` after the step in which the
    ///   task was cancelled; finished files stay in any case.
    public func run(report: @escaping @Sendable (Event) -> Void) async throws {
        try request.validate()
        let scheduler = try request.scheduler.map { try SchedulerKind(named: $0) }
        let folder = try locator.folder(of: request.model)
        if request.device == .cuda { try loadCUDA() }
        let engine = try TextToImageEngine(
            modelFolder: folder,
            dtype: request.dtype.dtype,
            device: request.device.device
        )
        let images = try plan(with: engine, scheduler, report: report)
        async let hash = WeightsHash.sha256(ofModel: folder)
        try createOutputFolder()
        let isFresh = images.allSatisfy { access($0.path, F_OK) != 0 }
        let sha256 = isFresh ? "" : try await hash
        let present = isFresh ? [:] : try existing(images, sha256: sha256)
        let stepCount = images.first?.request.inferenceStepCount ?? 0
        report(
            .started(
                Start(
                    imageCount: images.count,
                    presentCount: present.count,
                    model: engine.modelName,
                    inferenceStepCount: stepCount
                )
            )
        )
        for (index, provenance) in present.sorted(by: { $0.key < $1.key }) {
            report(.finished(record(images[index], index, provenance, nil)))
        }
        var failures: [String] = []
        var watch = Stopwatch(imageCount: images.count - present.count)
        for (index, image) in images.enumerated() where present[index] == nil {
            let start = ContinuousClock.now
            do {
                let picture = try await draw(image, index, of: images.count, engine, watch, report)
                var provenance = image.provenance
                provenance.modelSHA256 = try await hash
                try picture.writePNG(to: image.path, text: provenance.pngText())
                report(.finished(record(image, index, provenance, .now - start)))
            } catch let error as PipelineError {
                guard case .notFinite = error else { throw error }
                failures.append("\(error)")
                report(.failed(failure(image, index, error)))
            }
            watch.finishImage()
        }
        if let reason = failures.first {
            throw WorkflowError.failedImages(
                count: failures.count,
                imageCount: images.count,
                reason: reason
            )
        }
        if request.writesSheet {
            report(.wroteSheet(path: try writeSheet(of: images)))
        }
    }

    private func draw(
        _ image: PlannedImage,
        _ index: Int,
        of imageCount: Int,
        _ engine: TextToImageEngine,
        _ watch: Stopwatch,
        _ report: @escaping @Sendable (Event) -> Void
    ) async throws -> PixelImage {
        let pictures = try await engine.generate([image.request]) { progress in
            report(
                .progressed(
                    Progress(
                        image: index + 1,
                        imageCount: imageCount,
                        step: progress.step,
                        stepCount: progress.stepCount,
                        remaining: watch.remaining(
                            afterStep: progress.step,
                            of: progress.stepCount
                        )
                    )
                )
            )
        }
        guard let picture = pictures.first else { throw CancellationError() }
        return picture
    }

    /// What is there already, by index.
    private func existing(_ images: [PlannedImage], sha256: String) throws -> [Int: Provenance] {
        var present: [Int: Provenance] = [:]
        for (index, image) in images.enumerated() {
            present[index] = try image.existing(sha256: sha256)
        }
        return present
    }

    private func record(
        _ image: PlannedImage,
        _ index: Int,
        _ provenance: Provenance,
        _ duration: Duration?
    ) -> ImageRecord {
        ImageRecord(
            path: image.path,
            provenance: provenance,
            position: index + 1,
            duration: duration
        )
    }

    private func failure(_ image: PlannedImage, _ index: Int, _ error: PipelineError) -> Failure {
        Failure(
            prompt: image.request.prompt,
            seed: image.request.seed,
            position: index + 1,
            reason: "\(error)"
        )
    }
}
