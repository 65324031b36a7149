public import Imaging
import Tensors

extension TextToImageEngine {
    /// Edits a picture.
    ///
    /// Outside of a mask the result is the model's reconstruction; putting it into the source is the
    /// caller's part.
    ///
    /// - Parameters:
    ///   - request: validated before the work.
    ///   - progress: called after every step, on the engine's thread.
    /// - Returns: the model's picture in 16 bits, grey or RGB as the model paints.
    /// - Throws: `CancellationError`, `PipelineError`, `SchedulerError`, `TorchError`.
    public func edit(
        _ request: ImageEditRequest,
        progress: @Sendable (_ step: Int, _ stepCount: Int) -> Void = { _, _ in }
    ) async throws -> PixelImage {
        try configuration.validate(request, on: device)
        guard request.hasSteps else {
            return try picture(of: pipeline.encode(request.picture).mean, request.text)
        }
        let conditioning = try conditioning(of: request.text)
        let run = try pipeline.denoise(request, under: conditioning)
        guard let latents = try finish(run, request.text, progress: progress) else {
            throw PipelineError.invalidStrength(
                request.strength,
                inferenceStepCount: request.text.inferenceStepCount
            )
        }
        return try picture(of: latents, request.text)
    }

    /// The picture of latents in 16 bits.
    func picture(
        of latents: Tensor,
        _ request: TextToImageRequest,
        tiling: DecodingTiles = DecodingTiles()
    ) throws -> PixelImage {
        let images = try pipeline.decode(latents, tiling: tiling, bitDepth: 16)
        guard let image = images.first ?? nil else {
            throw PipelineError.notFinite(prompt: request.prompt, seed: request.seed, step: nil)
        }
        return image
    }
}
