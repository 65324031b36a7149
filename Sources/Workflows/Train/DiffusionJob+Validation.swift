import Imaging
import Models
import Pipelines
import Tensors
import Training

extension DiffusionJob {
    /// Draws with the model that `export` writes, so that the pictures are those that it will give.
    ///
    /// - Parameter captions: what to draw where the settings say nothing.
    /// - Returns: prompts and pictures, without those that are not finite.
    /// - Throws: what the file system or libtorch is at fault for.
    func pictures(of captions: [String]) throws -> [(name: String, picture: PixelImage)] {
        let side = try side()
        let prompts = validation.prompts.isEmpty ? captions : validation.prompts
        guard !prompts.isEmpty else { return [] }
        let model = "\(data.run)/model"
        try export(into: model)
        let configuration =
            isLowRank
            ? try PipelineConfiguration(modelFolder: base.path, loras: [LoRA(path: model)])
            : try PipelineConfiguration(modelFolder: model)
        let pipeline = try StableDiffusionPipeline(
            configuration,
            dtype: DType(name: training.settings.optimization.dtype) ?? .float32,
            device: .cpu
        )
        return try prompts.enumerated().compactMap { index, prompt in
            let request = TextToImageRequest(
                prompt: prompt,
                negativePrompt: "",
                seed: validation.seed &+ UInt64(index),
                inferenceStepCount: validation.inferenceStepCount,
                guidanceScale: configuration.defaults.guidanceScale,
                width: side,
                height: side,
                scheduler: configuration.defaults.scheduler
            )
            let conditioning = try pipeline.encodePrompt(
                prompt,
                negativePrompt: request.guidanceScale > 1 ? "" : nil
            )
            let denoising = try pipeline.denoise(request, under: conditioning)
            let latents = try withTorchErrors {
                withoutGradients { denoising.reduce(Tensor?.none) { $1.latents } }
            }
            // Early weights may draw what is no picture; the loss tells of it.
            guard let latents, let picture = try pipeline.decode(latents).first ?? nil else {
                data.report("\"\(prompt)\" is not drawn: the picture is not finite")
                return nil
            }
            return (prompt, picture)
        }
    }
}
