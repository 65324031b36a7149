public import Layers
public import Tensors

/// The autoencoder between images and the latents in which diffusion runs (arXiv:2112.10752).
///
/// Images are `[N, C, H, W]` in -1...1; latents `[N, latentChannels, H/f, W/f]` with f = 2^(resolutions - 1).
public final class AutoencoderKL {
    /// The sizes it was built with.
    public let configuration: Configuration
    private let encoder: Encoder
    private let decoder: Decoder
    private let quantConv: Conv2d?
    private let postQuantConv: Conv2d?

    /// Builds the model that `configuration` describes from the parameters at `path`.
    ///
    /// - Throws: `ModelsError` for sizes that no model can have, `WeightError` where the parameters do
    ///   not fit.
    public init(_ configuration: Configuration, at path: ParameterPath) throws {
        try configuration.validate()
        self.configuration = configuration
        let latents = configuration.latentChannels
        encoder = try Encoder(configuration, at: path["encoder"])
        quantConv =
            configuration.hasQuantConv
            ? try Conv2d(2 * latents, 2 * latents, kernel: 1, at: path["quant_conv"]) : nil
        decoder = try Decoder(configuration, at: path["decoder"])
        postQuantConv =
            configuration.hasPostQuantConv
            ? try Conv2d(latents, latents, kernel: 1, at: path["post_quant_conv"]) : nil
    }

    /// Pixels a latent position stands for, along one side.
    public var downsamplingFactor: Int { 1 << (configuration.blockOutChannels.count - 1) }

    /// The distribution of an image batch's latents, not yet scaled.
    public func encode(_ images: Tensor) -> DiagonalGaussian {
        let moments = encoder(images.contiguous(.channelsLast))
        return DiagonalGaussian(moments: quantConv?(moments) ?? moments)
    }

    /// The images of a latent batch that is not scaled (any more).
    public func decode(_ latents: Tensor) -> Tensor {
        let latents = latents.contiguous(.channelsLast)
        return decoder(postQuantConv?(latents) ?? latents)
    }

    /// Latents as the UNet sees them: shifted and scaled to about unit variance.
    public func scaled(_ latents: Tensor) -> Tensor {
        (latents - (configuration.shiftFactor ?? 0)) * configuration.scalingFactor
    }

    /// The inverse of `scaled`.
    public func unscaled(_ latents: Tensor) -> Tensor {
        latents / configuration.scalingFactor + (configuration.shiftFactor ?? 0)
    }
}

extension AutoencoderKL {
    private final class Encoder {
        private let convIn: Conv2d
        private let downBlocks: [DownEncoderBlock2D]
        private let midBlock: AutoencoderMidBlock
        private let convNormOut: GroupNorm
        private let convOut: Conv2d

        init(_ configuration: Configuration, at path: ParameterPath) throws {
            let channels = configuration.blockOutChannels
            convIn = try Conv2d(
                configuration.inputChannels,
                channels[0],
                kernel: 3,
                padding: 1,
                at: path["conv_in"]
            )
            downBlocks = try channels.indices.map { index in
                try DownEncoderBlock2D(
                    channels[max(index - 1, 0)],
                    channels[index],
                    layers: configuration.layersPerBlock,
                    groups: configuration.groupCount,
                    downsamples: index < channels.count - 1,
                    at: path["down_blocks"][index]
                )
            }
            let coarsest = channels[channels.count - 1]
            midBlock = try AutoencoderMidBlock(coarsest, configuration, at: path["mid_block"])
            convNormOut = try GroupNorm(
                groups: configuration.groupCount,
                coarsest,
                epsilon: 1e-6,
                at: path["conv_norm_out"]
            )
            convOut = try Conv2d(
                coarsest,
                2 * configuration.latentChannels,
                kernel: 3,
                padding: 1,
                at: path["conv_out"]
            )
        }

        func callAsFunction(_ images: Tensor) -> Tensor {
            let hidden = midBlock(downBlocks.reduce(convIn(images)) { $1($0) })
            return convOut(convNormOut.activated(hidden))
        }
    }

    private final class Decoder {
        private let convIn: Conv2d
        private let midBlock: AutoencoderMidBlock
        private let upBlocks: [UpDecoderBlock2D]
        private let convNormOut: GroupNorm
        private let convOut: Conv2d

        init(_ configuration: Configuration, at path: ParameterPath) throws {
            let channels = Array(configuration.blockOutChannels.reversed())
            convIn = try Conv2d(
                configuration.latentChannels,
                channels[0],
                kernel: 3,
                padding: 1,
                at: path["conv_in"]
            )
            midBlock = try AutoencoderMidBlock(channels[0], configuration, at: path["mid_block"])
            upBlocks = try channels.indices.map { index in
                try UpDecoderBlock2D(
                    channels[max(index - 1, 0)],
                    channels[index],
                    layers: configuration.layersPerBlock + 1,
                    groups: configuration.groupCount,
                    upsamples: index < channels.count - 1,
                    at: path["up_blocks"][index]
                )
            }
            let finest = channels[channels.count - 1]
            convNormOut = try GroupNorm(
                groups: configuration.groupCount,
                finest,
                epsilon: 1e-6,
                at: path["conv_norm_out"]
            )
            convOut = try Conv2d(
                finest,
                configuration.outputChannels,
                kernel: 3,
                padding: 1,
                at: path["conv_out"]
            )
        }

        func callAsFunction(_ latents: Tensor) -> Tensor {
            let hidden = upBlocks.reduce(midBlock(convIn(latents))) { $1($0) }
            return convOut(convNormOut.activated(hidden))
        }
    }
}
