extension AutoencoderKL {
    /// What config.json says of an autoencoder; keys and defaults are diffusers'.
    public struct Configuration: Codable, Equatable, Sendable {
        /// Channels of the images.
        public var inputChannels = 3
        /// Channels of the reconstructions.
        public var outputChannels = 3
        /// Channels of each resolution, finest first; each but the last is followed by a halving.
        public var blockOutChannels = [64]
        /// Residual blocks a resolution in the encoder; the decoder has one more.
        public var layersPerBlock = 1
        /// Channels of the latents.
        public var latentChannels = 4
        /// Groups of every normalization.
        public var groupCount = 32
        /// Multiplies latents so that a UNet sees unit variance.
        public var scalingFactor = 0.18215
        /// Subtracted from latents before scaling.
        public var shiftFactor: Double?
        /// Whether the middle of encoder and decoder attends over all positions.
        public var hasMidBlockAttention = true
        /// Whether a 1x1 convolution follows the encoder.
        public var hasQuantConv = true
        /// Whether a 1x1 convolution precedes the decoder.
        public var hasPostQuantConv = true
        /// Side of the training images in pixels.
        public var sampleSize = 32

        /// diffusers' defaults.
        public init() {}

        private enum CodingKeys: String, CodingKey {
            case inputChannels = "in_channels"
            case outputChannels = "out_channels"
            case blockOutChannels = "block_out_channels"
            case layersPerBlock = "layers_per_block"
            case latentChannels = "latent_channels"
            case groupCount = "norm_num_groups"
            case scalingFactor = "scaling_factor"
            case shiftFactor = "shift_factor"
            case hasMidBlockAttention = "mid_block_add_attention"
            case hasQuantConv = "use_quant_conv"
            case hasPostQuantConv = "use_post_quant_conv"
            case sampleSize = "sample_size"
            case className = "_class_name"
            case activation = "act_fn"
            case downBlockTypes = "down_block_types"
            case upBlockTypes = "up_block_types"
        }

        /// Reads what is there and takes diffusers' default for the rest.
        ///
        /// - Throws: `ModelsError.unsupportedOption` for an option that asks for another computation,
        ///   `DecodingError` for a value of another type.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            func read<Value: Decodable>(_ key: CodingKeys, _ value: inout Value) throws {
                value = try container.decodeIfPresent(Value.self, forKey: key) ?? value
            }
            try read(.inputChannels, &inputChannels)
            try read(.outputChannels, &outputChannels)
            try read(.blockOutChannels, &blockOutChannels)
            try read(.layersPerBlock, &layersPerBlock)
            try read(.latentChannels, &latentChannels)
            try read(.groupCount, &groupCount)
            try read(.scalingFactor, &scalingFactor)
            shiftFactor = try container.decodeIfPresent(Double.self, forKey: .shiftFactor)
            try read(.hasMidBlockAttention, &hasMidBlockAttention)
            try read(.hasQuantConv, &hasQuantConv)
            try read(.hasPostQuantConv, &hasPostQuantConv)
            try read(.sampleSize, &sampleSize)
            func blocks(_ name: String) -> [JSONValue] {
                [.list(blockOutChannels.map { _ in .string(name) })]
            }
            try decoder.requireOptions(
                [
                    "act_fn": [.string("silu"), .string("swish")],
                    "down_block_types": blocks("DownEncoderBlock2D"),
                    "up_block_types": blocks("UpDecoderBlock2D"),
                    "latents_mean": [.null],
                    "latents_std": [.null],
                ],
                of: "AutoencoderKL"
            )
        }

        /// Writes all of it, with the constants that diffusers wants to see.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode("AutoencoderKL", forKey: .className)
            try container.encode("silu", forKey: .activation)
            try container.encode(
                blockOutChannels.map { _ in "DownEncoderBlock2D" },
                forKey: .downBlockTypes
            )
            try container.encode(
                blockOutChannels.map { _ in "UpDecoderBlock2D" },
                forKey: .upBlockTypes
            )
            try container.encode(inputChannels, forKey: .inputChannels)
            try container.encode(outputChannels, forKey: .outputChannels)
            try container.encode(blockOutChannels, forKey: .blockOutChannels)
            try container.encode(layersPerBlock, forKey: .layersPerBlock)
            try container.encode(latentChannels, forKey: .latentChannels)
            try container.encode(groupCount, forKey: .groupCount)
            try container.encode(scalingFactor, forKey: .scalingFactor)
            try container.encodeIfPresent(shiftFactor, forKey: .shiftFactor)
            try container.encode(hasMidBlockAttention, forKey: .hasMidBlockAttention)
            try container.encode(hasQuantConv, forKey: .hasQuantConv)
            try container.encode(hasPostQuantConv, forKey: .hasPostQuantConv)
            try container.encode(sampleSize, forKey: .sampleSize)
        }

        /// Checks that a model of these sizes can be built.
        ///
        /// - Throws: `ModelsError.invalidOption`.
        func validate() throws {
            let check = ConfigurationCheck(model: "AutoencoderKL")
            let channels = blockOutChannels
            try check.require(
                "block_out_channels",
                channels,
                (1...16).contains(channels.count),
                "1 to 16 blocks"
            )
            try check.require("block_out_channels", channels, count: channels.count, in: 1...16_384)
            try check.require("norm_num_groups", groupCount, in: 1...16_384)
            for width in channels {
                try check.require(
                    "norm_num_groups",
                    groupCount,
                    divides: width,
                    of: "block_out_channels"
                )
            }
            try check.require("layers_per_block", layersPerBlock, in: 1...64)
            try check.require("in_channels", inputChannels, in: 1...1_024)
            try check.require("out_channels", outputChannels, in: 1...1_024)
            try check.require("latent_channels", latentChannels, in: 1...1_024)
            try check.require("sample_size", sampleSize, in: 1...65_536)
            try check.require(
                "scaling_factor",
                scalingFactor,
                scalingFactor.isFinite && scalingFactor > 0,
                "a positive number"
            )
        }
    }
}
