extension UNet2DConditionModel {
    /// What config.json says of a UNet; keys and defaults are diffusers'.
    ///
    /// Lists have one element a resolution, finest first, unless said otherwise.
    public struct Configuration: Equatable, Sendable {
        /// Side of the latents it was trained on.
        public var sampleSize: Int?
        /// Channels of the latents, and of what is concatenated to them.
        public var inputChannels = 4
        /// Channels of the prediction.
        public var outputChannels = 4
        /// Whether the sample is mapped from 0...1 to -1...1 first.
        public var centersInputSample = false
        /// Whether cosines come before sines in the timestep embedding.
        public var flipsSinToCos = true
        /// Subtracted from the number of frequencies in the timestep embedding.
        public var frequencyShift = 0.0
        /// The blocks on the way down.
        public var downBlockTypes: [BlockType] = [
            .crossAttention, .crossAttention, .crossAttention, .plain,
        ]
        /// The block between the two ways, if any.
        public var midBlockType: BlockType? = .crossAttention
        /// The blocks on the way up, coarsest first.
        public var upBlockTypes: [BlockType] = [
            .plain, .crossAttention, .crossAttention, .crossAttention,
        ]
        /// Channels of each resolution; each but the last is followed by a halving.
        public var blockOutChannels = [320, 640, 1280, 1280]
        /// Residual blocks on the way down; the way up has one more.
        public var layersPerBlock = [2, 2, 2, 2]
        /// 1, or 0 for halvings that pad at the right and bottom only.
        public var downsamplePadding = 1
        /// Groups of every group normalization.
        public var groupCount = 32
        /// Added to the variance in the residual blocks' normalizations.
        public var normEpsilon = 1e-5
        /// Features of the text encoder's hidden states.
        public var crossAttentionWidth = 1280
        /// Transformer blocks in each transformer.
        public var transformerLayersPerBlock = [1, 1, 1, 1]
        /// Attention heads; diffusers calls the number of heads `attention_head_dim`.
        public var headCounts = [8, 8, 8, 8]
        /// Whether transformers begin and end with a linear layer rather than a 1x1 convolution.
        public var usesLinearProjection = false
        /// Whether attention scores must be in float32; here they always are.
        public var upcastsAttention = false
        /// Side of the first convolution's kernel.
        public var convInKernel = 3
        /// Side of the last convolution's kernel.
        public var convOutKernel = 3

        /// diffusers' defaults, which are those of Stable Diffusion 1 but for `crossAttentionWidth` (768
        /// there).
        public init() {}

        /// Features of the timestep embedding.
        var timeEmbeddingWidth: Int { 4 * blockOutChannels[0] }
    }

    /// Whether a block looks at the text.
    public enum BlockType: Sendable {
        /// Residual blocks only.
        case plain
        /// Each residual block is followed by a transformer.
        case crossAttention
    }
}

extension UNet2DConditionModel.Configuration {
    /// Checks that a model of these sizes can be built.
    ///
    /// - Throws: `ModelsError.invalidOption`.
    func validate() throws {
        let check = ConfigurationCheck(model: "UNet2DConditionModel")
        let channels = blockOutChannels
        try check.require(
            "block_out_channels",
            channels,
            (1...16).contains(channels.count),
            "1 to 16 blocks"
        )
        try check.require("block_out_channels", channels, count: channels.count, in: 2...16_384)
        try check.require(
            "down_block_types",
            downBlockTypes.count,
            downBlockTypes.count == channels.count,
            "one for each of \(channels.count) block_out_channels"
        )
        try check.require(
            "up_block_types",
            upBlockTypes.count,
            upBlockTypes.count == channels.count,
            "one for each of \(channels.count) block_out_channels"
        )
        try check.require("layers_per_block", layersPerBlock, count: channels.count, in: 1...64)
        try check.require(
            "transformer_layers_per_block",
            transformerLayersPerBlock,
            count: channels.count,
            in: 1...64
        )
        try check.require("attention_head_dim", headCounts, count: channels.count, in: 1...1_024)
        try check.require("norm_num_groups", groupCount, in: 1...16_384)
        for (channels, heads) in zip(channels, headCounts) {
            try check.require(
                "norm_num_groups",
                groupCount,
                divides: channels,
                of: "block_out_channels"
            )
            try check.require(
                "attention_head_dim (the number of heads)",
                heads,
                divides: channels,
                of: "block_out_channels"
            )
        }
        try check.require("in_channels", inputChannels, in: 1...1_024)
        try check.require("out_channels", outputChannels, in: 1...1_024)
        try check.require("cross_attention_dim", crossAttentionWidth, in: 1...16_384)
        try check.require("downsample_padding", downsamplePadding, in: 0...1)
        try check.require("sample_size", sampleSize ?? 1, in: 1...16_384)
        for (option, kernel) in [
            ("conv_in_kernel", convInKernel), ("conv_out_kernel", convOutKernel),
        ] {
            try check.require(option, kernel, [1, 3, 5, 7].contains(kernel), "1, 3, 5 or 7")
        }
        try check.requireNormEpsilon("norm_eps", normEpsilon)
        try check.require(
            "freq_shift",
            frequencyShift,
            frequencyShift.isFinite && frequencyShift < Double(channels[0] / 2),
            "less than half of the first block_out_channels"
        )
    }
}
