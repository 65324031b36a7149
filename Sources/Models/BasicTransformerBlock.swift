import Layers
import Tensors

/// Self-attention, attention to the text, and a gated feed-forward network, each added to its input.
final class BasicTransformerBlock {
    private let norm1: LayerNorm
    private let attention1: Attention
    private let norm2: LayerNorm
    private let attention2: Attention
    private let norm3: LayerNorm
    private let feedForward: FeedForward

    init(_ width: Int, contextWidth: Int, headCount: Int, at path: ParameterPath) throws {
        norm1 = try LayerNorm(width, at: path["norm1"])
        attention1 = try Attention(width, headCount: headCount, at: path["attn1"])
        norm2 = try LayerNorm(width, at: path["norm2"])
        attention2 = try Attention(
            width,
            contextWidth: contextWidth,
            headCount: headCount,
            at: path["attn2"]
        )
        norm3 = try LayerNorm(width, at: path["norm3"])
        feedForward = try FeedForward(width, at: path["ff"])
    }

    /// `[N, tokens, width]` to the same shape.
    func callAsFunction(_ input: Tensor, context: CrossAttentionContext) -> Tensor {
        var hidden = input + attention1(norm1(input))
        hidden = hidden + attention2(norm2(hidden), context: context)
        return hidden + feedForward(norm3(hidden))
    }
}

/// The GEGLU network (Shazeer 2020, arXiv:2002.05202) of four times the width.
final class FeedForward {
    private let projection: Linear
    private let output: Linear

    init(_ width: Int, at path: ParameterPath) throws {
        projection = try Linear(width, 8 * width, at: path["net"][0]["proj"])
        output = try Linear(4 * width, width, at: path["net"][2])
    }

    func callAsFunction(_ input: Tensor) -> Tensor {
        let halves = projection(input).chunked(2, axis: -1)
        return output(halves[0] * halves[1].gelu())
    }
}
