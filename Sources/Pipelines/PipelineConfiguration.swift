import Foundation
public import Models
public import Schedulers
public import Tensors

/// All that is known of a model before its weights are read, and the checks that need no more.
public struct PipelineConfiguration: Sendable {
    /// The model's files.
    public let folder: ModelFolder
    /// Turns texts into token ids.
    public let tokenizer: CLIPTokenizer
    /// The model's noise schedule and own scheduler.
    public let scheduler: SchedulerConfiguration
    /// What the model does best with.
    public let defaults: ModelDefaults
    /// Pixels a latent position stands for, along one side.
    public let downsamplingFactor: Int
    /// Whether the UNet sees a mask and the masked picture beside the latents, as those trained for
    /// inpainting do; such a model does nothing else.
    public let isForInpainting: Bool
    let autoencoder: AutoencoderKL.Configuration
    private let unet: UNet2DConditionModel.Configuration

    /// Reads the configurations in a model folder.
    ///
    /// - Parameters:
    ///   - path: a model folder.
    ///   - loras: low-rank changes to add to its weights.
    /// - Throws: `ModelsError`, `TokenizerError` and `SchedulerError` about the files,
    ///   `PipelineError` where they do not fit each other.
    public init(modelFolder path: String, loras: [LoRA] = []) throws {
        folder = try ModelFolder(path: path, loras: loras)
        unet = try folder.unetConfiguration()
        autoencoder = try folder.autoencoderConfiguration()
        tokenizer = try folder.loadTokenizer()
        scheduler = try SchedulerConfiguration(
            contentsOf: URL(filePath: folder.schedulerConfigurationPath())
        )
        isForInpainting = unet.inputChannels == 2 * autoencoder.latentChannels + 1
        downsamplingFactor = 1 << max(autoencoder.blockOutChannels.count - 1, 0)
        defaults = try ModelDefaults(
            folder: folder,
            unet: unet,
            downsamplingFactor: downsamplingFactor,
            scheduler: scheduler
        )
        try requireFit(textEncoder: folder.textEncoderConfiguration())
    }

    /// Checks that each part reads what the other writes.
    private func requireFit(textEncoder: CLIPTextModel.Configuration) throws {
        func require(_ fits: Bool, _ found: String, _ expected: String) throws {
            guard !fits else { return }
            throw PipelineError.mismatchedParts(
                folder: folder.path,
                found: found,
                expected: expected
            )
        }
        let latents = autoencoder.latentChannels
        try require(
            unet.inputChannels == latents || isForInpainting,
            "a UNet with \(unet.inputChannels) input channels",
            "the \(latents) latent channels of its autoencoder, or \(2 * latents + 1) for inpainting"
        )
        try require(
            unet.outputChannels == latents,
            "a UNet with \(unet.outputChannels) output channels",
            "the \(latents) latent channels of its autoencoder"
        )
        try require(
            unet.crossAttentionWidth == textEncoder.hiddenSize,
            "a UNet with cross_attention_dim \(unet.crossAttentionWidth)",
            "the hidden_size \(textEncoder.hiddenSize) of its text encoder"
        )
        try require(
            tokenizer.vocabularySize <= textEncoder.vocabularySize,
            "a tokenizer of \(tokenizer.vocabularySize) tokens",
            "at most the vocab_size \(textEncoder.vocabularySize) of its text encoder"
        )
        try require(
            tokenizer.modelMaxLength <= textEncoder.positionCount,
            "a tokenizer with model_max_length \(tokenizer.modelMaxLength)",
            "at most the max_position_embeddings \(textEncoder.positionCount) of its text encoder"
        )
        try require(
            [1, 3].contains(autoencoder.outputChannels),
            "an autoencoder with \(autoencoder.outputChannels) output channels",
            "1 for grey or 3 for RGB"
        )
    }

    /// The name of the model's folder.
    public var modelName: String {
        URL(filePath: folder.path).standardizedFileURL.lastPathComponent
    }

    /// Whether the model paints grey and no colours.
    public var isGrey: Bool { autoencoder.outputChannels == 1 }

    /// Says which words of a prompt are not read, or nil when all are.
    public func tokenWarning(for prompt: String) -> String? {
        let encoding = tokenizer.encode(prompt)
        guard let lost = encoding.truncatedText else { return nil }
        return "the prompt has \(encoding.tokenCount) tokens, of which the model reads "
            + "\(tokenizer.modelMaxLength); not read: \(lost)"
    }

    /// The run of the request's scheduler, before its first step.
    ///
    /// - Throws: `SchedulerError`.
    func makeScheduler(_ request: TextToImageRequest) throws(SchedulerError) -> any Scheduler {
        try Schedulers.makeScheduler(
            kind: request.scheduler,
            configuration: scheduler,
            inferenceStepCount: request.inferenceStepCount
        )
    }

    /// Checks all of a request that can be checked beforehand.
    ///
    /// - Throws: `PipelineError` for size and guidance, and for a model that only inpaints;
    ///   `SchedulerError` for scheduler and steps.
    public func validate(_ request: TextToImageRequest, on device: Device = .cpu) throws {
        guard !isForInpainting else {
            throw PipelineError.onlyInpaints(folder: folder.path)
        }
        try validateEdit(request, on: device)
    }

    /// Checks what generating and editing have in common, and all of a window that is painted.
    ///
    /// - Throws: `PipelineError` for size and guidance, `SchedulerError` for scheduler and steps.
    public func validateEdit(_ request: TextToImageRequest, on device: Device = .cpu) throws {
        let (width, height) = (request.width, request.height)
        let factor = downsamplingFactor
        guard width > 0, height > 0, width.isMultiple(of: factor), height.isMultiple(of: factor)
        else { throw PipelineError.invalidSize(width: width, height: height, multiple: factor) }
        let needed = estimatedByteCount(width: width, height: height)
        let available = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        let isInHostMemory = device == .cpu
        guard max(width, height) <= 16_384, !isInHostMemory || needed <= available else {
            throw PipelineError.tooLarge(
                width: width,
                height: height,
                neededBytes: needed,
                availableBytes: available
            )
        }
        guard request.guidanceScale.isFinite, request.guidanceScale >= 0 else {
            throw PipelineError.invalidGuidance(request.guidanceScale)
        }
        _ = try makeScheduler(request)
    }

    /// Roughly what activations take at most, weights not counted.
    ///
    /// The UNet's widest moment is the gated layer of its finest transformer (8 times the channels)
    /// beside the skipped maps, for two texts; the decoder's is seven maps of its finest resolution,
    /// of one tile: what a convolution reads and writes, the normalized map, the shortcut, and copies
    /// in the order that the products want. Attention never holds all scores at once.
    func estimatedByteCount(width: Int, height: Int) -> Int {
        let tiles = DecodingTiles()
        let pixels = Double(width) * Double(height)
        let positions = pixels / Double(downsamplingFactor * downsamplingFactor)
        let unetBytes = positions * 2 * Double(unet.blockOutChannels.first ?? 1) * 16 * 4
        let decoded =
            pixels <= Double(tiles.wholePixelCount)
            ? pixels : Double(tiles.tileSide * tiles.tileSide)
        let finest = autoencoder.blockOutChannels.prefix(2).max() ?? 1
        let decoderBytes = decoded * Double(finest) * 7 * 4
        let imageBytes = pixels * Double(autoencoder.outputChannels + 1) * 3 * 4
        return Int(min(max(unetBytes, decoderBytes) + imageBytes, Double(Int.max / 2)))
    }
}
