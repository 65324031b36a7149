public import Layers
public import Tensors

/// The network that predicts noise (or velocity) in latents under a text, of Stable Diffusion 1.x and
/// 2.x.
///
/// Rombach et al. 2022, arXiv:2112.10752; layers and names are those of diffusers.
public final class UNet2DConditionModel {
    /// The sizes it was built with.
    public let configuration: Configuration
    /// Its weights, in the order of construction.
    public let parameters: [Parameter]
    /// Whether training computes activations a second time instead of keeping them, which takes less memory.
    public var recomputesActivations = false
    private let timeEmbedding: TimestepEmbedding
    private let convIn: Conv2d
    private let downBlocks: [UNetDownBlock]
    private let midBlock: UNetMidBlock?
    private let upBlocks: [UNetUpBlock]
    private let convNormOut: GroupNorm
    private let convOut: Conv2d

    /// Builds the model that `configuration` describes from the parameters at `path`.
    ///
    /// - Throws: `ModelsError` for sizes that no model can have, `WeightError` where the parameters do
    ///   not fit.
    public init(_ configuration: Configuration, at path: ParameterPath) throws {
        try configuration.validate()
        self.configuration = configuration
        let formerCount = path.source.parameters.count
        let channels = configuration.blockOutChannels
        let last = channels.count - 1
        func plan(_ level: Int, inputs: Int, attends: Bool) -> UNetBlockPlan {
            UNetBlockPlan(
                inputChannels: inputs,
                outputChannels: channels[level],
                layers: configuration.layersPerBlock[level],
                attends: attends,
                transformerLayers: configuration.transformerLayersPerBlock[level],
                headCount: configuration.headCounts[level],
                configuration: configuration
            )
        }
        convIn = try Conv2d(
            configuration.inputChannels,
            channels[0],
            kernel: configuration.convInKernel,
            padding: (configuration.convInKernel - 1) / 2,
            at: path["conv_in"]
        )
        timeEmbedding = try TimestepEmbedding(
            channels[0],
            configuration.timeEmbeddingWidth,
            flipsSinToCos: configuration.flipsSinToCos,
            frequencyShift: configuration.frequencyShift,
            at: path["time_embedding"]
        )
        var skipChannels = [channels[0]]
        downBlocks = try channels.indices.map { level in
            let attends = configuration.downBlockTypes[level] == .crossAttention
            skipChannels += Array(
                repeating: channels[level],
                count: configuration.layersPerBlock[level]
            )
            if level < last { skipChannels.append(channels[level]) }
            return try UNetDownBlock(
                plan(level, inputs: channels[max(level - 1, 0)], attends: attends),
                downsamples: level < last,
                at: path["down_blocks"][level]
            )
        }
        midBlock = try configuration.midBlockType.map { type in
            try UNetMidBlock(
                plan(last, inputs: channels[last], attends: type == .crossAttention),
                at: path["mid_block"]
            )
        }
        upBlocks = try channels.indices.map { index in
            let level = last - index
            let attends = configuration.upBlockTypes[index] == .crossAttention
            let count = configuration.layersPerBlock[level] + 1
            let skips = Array(skipChannels.suffix(count).reversed())
            skipChannels.removeLast(count)
            return try UNetUpBlock(
                plan(level, inputs: channels[min(level + 1, last)], attends: attends),
                skipChannels: skips,
                upsamples: index < last,
                at: path["up_blocks"][index]
            )
        }
        convNormOut = try GroupNorm(
            groups: configuration.groupCount,
            channels[0],
            epsilon: configuration.normEpsilon,
            at: path["conv_norm_out"]
        )
        convOut = try Conv2d(
            channels[0],
            configuration.outputChannels,
            kernel: configuration.convOutKernel,
            padding: (configuration.convOutKernel - 1) / 2,
            at: path["conv_out"]
        )
        parameters = Array(path.source.parameters.dropFirst(formerCount))
    }

    /// The model's output for noisy latents.
    ///
    /// - Parameters:
    ///   - sample: `[N, inputChannels, h, w]`; any size, also one that halving does not divide.
    ///   - timestep: `[N]`, or one number for all of them.
    ///   - context: the text encoder's hidden states, `[N, tokens, crossAttentionWidth]`.
    /// - Returns: `[N, outputChannels, h, w]`, of the kind that the scheduler's `predictionType` names.
    public func callAsFunction(
        _ sample: Tensor,
        timestep: Tensor,
        context: CrossAttentionContext
    ) -> Tensor {
        let timesteps = timestep.to(sample.device).reshaped([-1]).expanded([sample.size(0)])
        let conditioning = UNetConditioning(
            timeEmbedding: timeEmbedding(timesteps, dtype: sample.dtype),
            context: context,
            recomputesActivations: recomputesActivations
        )
        let centered = configuration.centersInputSample ? sample * 2 - 1 : sample
        var hidden = convIn(centered.contiguous(.channelsLast))
        var skips = [hidden]
        for block in downBlocks {
            hidden = block(hidden, conditioning, skips: &skips)
        }
        hidden = midBlock?(hidden, conditioning) ?? hidden
        for block in upBlocks {
            hidden = block(hidden, conditioning, skips: &skips)
        }
        return convOut(convNormOut.activated(hidden))
    }
}
