public import Imaging
public import Models
public import Tensors

/// Makes images from texts on one device; the only owner of the models there.
///
/// Image k of a call has the same bytes as the only image of a call with the same request.
public actor TextToImageEngine {
    /// The model's files, tokenizer and configurations.
    public nonisolated let configuration: PipelineConfiguration
    private nonisolated let executor: DeviceExecutor
    nonisolated let device: Device
    let pipeline: StableDiffusionPipeline
    private var latest: (texts: [String?], conditioning: Conditioning)?

    /// Loads a model.
    ///
    /// - Parameters:
    ///   - modelFolder: the path of a folder in the layout of diffusers.
    ///   - loras: low-rank changes to add to its weights.
    ///   - dtype: the type of weights and activations.
    ///   - device: where to compute.
    /// - Throws: `PipelineError`, or what the model's files give reason to: `ModelsError`,
    ///   `TokenizerError`, `SchedulerError`, `WeightError`, `SafetensorsError`, `TorchError`.
    public init(
        modelFolder: String,
        loras: [LoRA] = [],
        dtype: DType = .float32,
        device: Device = .cpu
    ) throws {
        let configuration = try PipelineConfiguration(modelFolder: modelFolder, loras: loras)
        if case .cuda = device { try Device.loadCUDA() }
        self.configuration = configuration
        self.device = device
        executor = DeviceExecutor(name: "skiagraph \(device)")
        pipeline = try StableDiffusionPipeline(configuration, dtype: dtype, device: device)
    }

    /// The actor's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// The name of the model's folder.
    public nonisolated var modelName: String { configuration.modelName }

    /// What the model does best with.
    public nonisolated var defaults: ModelDefaults { configuration.defaults }

    /// Says which words of a prompt are not read, or nil when all are.
    public nonisolated func tokenWarning(for prompt: String) -> String? {
        configuration.tokenWarning(for: prompt)
    }

    /// Checks all of a request that can be checked before the work.
    ///
    /// - Throws: `PipelineError` for size and guidance, `SchedulerError` for scheduler and steps.
    public nonisolated func validate(_ request: TextToImageRequest) throws {
        try configuration.validate(request, on: device)
    }

    /// Makes an image for each request.
    ///
    /// When the task is cancelled, the work ends after the current step; to keep the images that
    /// are finished by then, ask for one at a time, which takes no longer.
    ///
    /// - Parameters:
    ///   - requests: validated all before the first is begun.
    ///   - progress: called after every step, on the engine's thread.
    /// - Returns: the images in the order of the requests, grey or RGB, 8 bits.
    /// - Throws: `CancellationError`, `PipelineError`, `SchedulerError`, `TorchError`.
    public func generate(
        _ requests: [TextToImageRequest],
        progress: @Sendable (GenerationProgress) -> Void = { _ in }
    ) async throws -> [PixelImage] {
        for request in requests { try validate(request) }
        return try requests.enumerated().map { index, request in
            try Task.checkCancellation()
            let conditioning = try conditioning(of: request)
            return try generate(request, under: conditioning) { step, stepCount in
                progress(
                    GenerationProgress(
                        imageIndex: index,
                        imageCount: requests.count,
                        step: step,
                        stepCount: stepCount
                    )
                )
            }
        }
    }

    /// The encoded texts of a request; those of the last one are kept, as a series shares them.
    func conditioning(of request: TextToImageRequest) throws -> Conditioning {
        let negativePrompt = request.isGuided ? request.negativePrompt : nil
        let texts = [request.prompt, negativePrompt]
        if let latest, latest.texts == texts { return latest.conditioning }
        let conditioning = try pipeline.encodePrompt(
            request.prompt,
            negativePrompt: negativePrompt
        )
        latest = (texts, conditioning)
        return conditioning
    }

    private func generate(
        _ request: TextToImageRequest,
        under conditioning: Conditioning,
        progress: (_ step: Int, _ stepCount: Int) -> Void
    ) throws -> PixelImage {
        let denoising = try pipeline.denoise(request, under: conditioning)
        let latents = try finish(denoising, request, progress: progress)
        guard let latents, let image = try pipeline.decode(latents).first ?? nil else {
            throw PipelineError.notFinite(prompt: request.prompt, seed: request.seed, step: nil)
        }
        return image
    }

    /// The latents after the last step; nil for a run without steps.
    func finish(
        _ denoising: DenoisingSequence,
        _ request: TextToImageRequest,
        progress: (_ step: Int, _ stepCount: Int) -> Void
    ) throws -> Tensor? {
        try withTorchErrors {
            try withoutGradients {
                var latents: Tensor?
                for state in denoising {
                    guard state.latents.isFinite else {
                        throw PipelineError.notFinite(
                            prompt: request.prompt,
                            seed: request.seed,
                            step: state.step
                        )
                    }
                    progress(state.step, denoising.stepCount)
                    try Task.checkCancellation()
                    latents = state.latents
                }
                return latents
            }
        }
    }
}
