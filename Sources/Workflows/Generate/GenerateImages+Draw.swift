import Imaging
import Pipelines

extension GenerateImages {
    /// Draws one picture.
    ///
    /// - Returns: the picture, or why there is none.
    /// - Throws: `CancellationError` alone.
    func draw(
        _ image: PlannedImage,
        _ index: Int,
        of imageCount: Int,
        _ engine: TextToImageEngine,
        _ watch: Stopwatch,
        _ report: @escaping @Sendable (Event) -> Void
    ) async throws -> Result<PixelImage, any Error> {
        do {
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
            return .success(picture)
        } catch  where !(error is CancellationError) {
            return .failure(error)
        }
    }

    /// What is there already, by index.
    func existing(_ images: [PlannedImage], sha256: String) throws -> [Int: Provenance] {
        var present: [Int: Provenance] = [:]
        for (index, image) in images.enumerated() {
            present[index] = try image.existing(sha256: sha256)
        }
        return present
    }

    func failure(_ image: PlannedImage, _ index: Int, _ error: any Error) -> Failure {
        Failure(
            prompt: image.request.prompt,
            seed: image.request.seed,
            position: index + 1,
            reason: "\(error)"
        )
    }
}
