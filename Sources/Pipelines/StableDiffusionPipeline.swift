public import Imaging
import Layers
import Models
import Schedulers
public import Tensors

/// Text to image with a model of Stable Diffusion's kind: text encoder, UNet and autoencoder.
///
/// Rombach et al. 2022, arXiv:2112.10752. Images are made one at a time, the prompt and its negative
/// in one batch of two: kernels sum in another order in larger batches, and an image would depend on
/// its company.
public final class StableDiffusionPipeline {
    /// The model's files and configurations.
    public let configuration: PipelineConfiguration
    /// The type of weights and activations; the latents between the steps are float32.
    public let dtype: DType
    /// Where it all runs.
    public let device: Device
    let autoencoder: AutoencoderKL
    private let textEncoder: CLIPTextModel
    private let unet: UNet2DConditionModel

    /// Reads the weights of a model.
    ///
    /// - Parameters:
    ///   - configuration: of the model folder to read.
    ///   - dtype: the type of weights and activations.
    ///   - device: where to compute.
    /// - Throws: what `ModelFolder` throws about weights.
    public init(_ configuration: PipelineConfiguration, dtype: DType, device: Device) throws {
        self.configuration = configuration
        self.dtype = dtype
        self.device = device
        let folder = configuration.folder
        textEncoder = try folder.loadTextEncoder(dtype: dtype, device: device)
        unet = try folder.loadUNet(dtype: dtype, device: device)
        autoencoder = try folder.loadAutoencoder(dtype: dtype, device: device)
    }

    /// Encodes a prompt, and a negative one if it is to be guided away from that.
    ///
    /// - Parameters:
    ///   - prompt: what to show; what exceeds the tokenizer's length is cut off.
    ///   - negativePrompt: nil to go without guidance.
    /// - Returns: the conditioning of any number of images.
    /// - Throws: `TorchError`.
    public func encodePrompt(_ prompt: String, negativePrompt: String?) throws -> Conditioning {
        let texts = [negativePrompt, prompt].compactMap(\.self)
        let rows = texts.map { configuration.tokenizer.encode($0).ids }
        let hiddenStates = try withTorchErrors {
            withoutGradients {
                textEncoder(
                    Tensor(rows.flatMap(\.self), [rows.count, rows[0].count]).to(device)
                )
            }
        }
        return Conditioning(
            context: CrossAttentionContext(hiddenStates),
            isGuided: negativePrompt != nil
        )
    }

    /// The run of an image from noise to data.
    ///
    /// - Parameters:
    ///   - request: seed, size, steps, guidance and scheduler; its texts are not read.
    ///   - conditioning: the encoded texts.
    /// - Returns: a sequence whose last state has the latents to decode.
    /// - Throws: `PipelineError` for a size, `SchedulerError` for steps that cannot be.
    public func denoise(_ request: TextToImageRequest, under conditioning: Conditioning) throws
        -> DenoisingSequence
    {
        try configuration.validate(request, on: device)
        return try denoise(request, under: conditioning, scheduler: nil)
    }

    /// The run of a validated request; `scheduler` is nil for the request's own.
    func denoise(
        _ request: TextToImageRequest,
        under conditioning: Conditioning,
        scheduler: (any Scheduler)?
    ) throws -> DenoisingSequence {
        let factor = configuration.downsamplingFactor
        return DenoisingSequence(
            predictor: NoisePredictor(
                unet: unet,
                conditioning: conditioning,
                guidanceScale: request.guidanceScale,
                guidanceStartTimestep: configuration.defaults.guidanceStartTimestep,
                dtype: dtype
            ),
            scheduler: try scheduler ?? configuration.makeScheduler(request),
            seed: request.seed,
            latentShape: [
                1, autoencoder.configuration.latentChannels, request.height / factor,
                request.width / factor,
            ],
            device: device
        )
    }

    /// The images of denoised latents, one after the other and large ones in tiles.
    ///
    /// - Parameters:
    ///   - latents: `[N, C, h, w]`, scaled as the UNet sees them.
    ///   - tiling: how large ones are cut.
    ///   - bitDepth: of the images, 8 or 16.
    /// - Returns: N grey or RGB images; nil where one is not finite.
    /// - Throws: `TorchError`.
    public func decode(
        _ latents: Tensor,
        tiling: DecodingTiles = DecodingTiles(),
        bitDepth: Int = 8
    ) throws -> [PixelImage?] {
        try withTorchErrors {
            try withoutGradients {
                try (0..<latents.size(0)).map { index in
                    let one = latents.sliced(0, from: index, to: index + 1)
                    let unscaled = autoencoder.unscaled(one).to(dtype)
                    let decoded = tiling.decode(
                        unscaled,
                        factor: autoencoder.downsamplingFactor,
                        with: autoencoder.decode
                    ).to(.float32)
                    guard decoded.isFinite else { return nil }
                    return try PixelImage(decoded: decoded, bitDepth: bitDepth)
                }
            }
        }
    }
}

@available(*, unavailable)
extension StableDiffusionPipeline: Sendable {}
