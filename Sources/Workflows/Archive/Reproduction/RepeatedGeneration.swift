import Archive
import Imaging
import Pipelines
import Schedulers

/// A picture drawn once more as its record tells.
struct RepeatedGeneration: ReproducibleWork {
    private let provenance: Provenance
    private let request: TextToImageRequest

    /// - Throws: `ReproduceImage.Failure.notReproducible`, or the error of an unknown scheduler.
    init(of record: ImageRecord, _ provenance: Provenance) throws {
        guard let index = UInt64(exactly: provenance.index) else {
            throw ReproduceImage.Failure.notReproducible(
                id: record.id,
                reason: "its index is no number of a picture"
            )
        }
        self.provenance = provenance
        request = TextToImageRequest(
            prompt: provenance.prompt,
            negativePrompt: provenance.negativePrompt ?? "",
            seed: provenance.seed &+ index,
            inferenceStepCount: provenance.inferenceStepCount,
            guidanceScale: provenance.guidanceScale,
            width: provenance.width,
            height: provenance.height,
            scheduler: try provenance.requestedScheduler.map { try SchedulerKind(named: $0) }
        )
    }

    func makeFile(
        with engine: TextToImageEngine,
        progress: @escaping @Sendable (_ step: Int, _ stepCount: Int) -> Void
    ) async throws -> [UInt8] {
        let images = try await engine.generate([request]) { progress($0.step, $0.stepCount) }
        guard let image = images.first else { throw CancellationError() }
        return try image.encodedPNG(text: provenance.pngText())
    }
}
