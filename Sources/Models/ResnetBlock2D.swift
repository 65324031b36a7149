public import Layers
public import Tensors

/// Two convolutions around which the input passes by, as in diffusers' `ResnetBlock2D`.
public final class ResnetBlock2D {
    private let norm1: GroupNorm
    private let conv1: Conv2d
    private let timeEmbeddingProjection: Linear?
    private let norm2: GroupNorm
    private let conv2: Conv2d
    private let convShortcut: Conv2d?

    /// Takes the parameters below `path`.
    ///
    /// - Parameters:
    ///   - inputChannels: channels that come in.
    ///   - outputChannels: channels that go out.
    ///   - timeEmbeddingWidth: features of the timestep embedding, or nil for a block without one.
    ///   - groups: groups of both normalizations.
    ///   - epsilon: added to the variance in both normalizations.
    ///   - path: the block's place in the checkpoint.
    /// - Throws: `WeightError` where a checkpoint does not fit.
    public init(
        _ inputChannels: Int,
        _ outputChannels: Int,
        timeEmbeddingWidth: Int? = nil,
        groups: Int,
        epsilon: Double,
        at path: ParameterPath
    ) throws {
        norm1 = try GroupNorm(
            groups: groups,
            inputChannels,
            epsilon: epsilon,
            at: path["norm1"]
        )
        conv1 = try Conv2d(
            inputChannels,
            outputChannels,
            kernel: 3,
            padding: 1,
            at: path["conv1"]
        )
        timeEmbeddingProjection = try timeEmbeddingWidth.map {
            try Linear($0, outputChannels, at: path["time_emb_proj"])
        }
        norm2 = try GroupNorm(
            groups: groups,
            outputChannels,
            epsilon: epsilon,
            at: path["norm2"]
        )
        conv2 = try Conv2d(
            outputChannels,
            outputChannels,
            kernel: 3,
            padding: 1,
            at: path["conv2"]
        )
        convShortcut =
            inputChannels == outputChannels
            ? nil
            : try Conv2d(inputChannels, outputChannels, kernel: 1, at: path["conv_shortcut"])
    }

    /// `[N, inputChannels, H, W]` to `[N, outputChannels, H, W]`; `timeEmbedding` is `[N, timeEmbeddingWidth]`.
    public func callAsFunction(_ input: Tensor, timeEmbedding: Tensor? = nil) -> Tensor {
        var hidden = conv1(norm1.activated(input))
        if let timeEmbeddingProjection, let timeEmbedding {
            let shift = timeEmbeddingProjection(timeEmbedding.silu())
            hidden = hidden + shift.unsqueezed(-1).unsqueezed(-1)
        }
        hidden = conv2(norm2.activated(hidden))
        return (convShortcut?(input) ?? input) + hidden
    }
}
