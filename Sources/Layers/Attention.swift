public import Tensors

/// Multi-head attention (arXiv:1706.03762), named as in diffusers' `Attention`.
public final class Attention {
    private let toQ: Linear
    private let toK: Linear
    private let toV: Linear
    private let toOut: Linear
    private let headCount: Int

    /// Takes `to_q`, `to_k`, `to_v` (no biases) and `to_out.0`.
    ///
    /// - Parameters:
    ///   - width: features of a token; a multiple of `headCount`.
    ///   - contextWidth: features of the tokens attended to; nil where these are the tokens themselves.
    ///   - headCount: heads that share `width` evenly.
    ///   - path: the layer's place in the checkpoint.
    /// - Throws: `WeightError` where a checkpoint has other tensors there.
    public init(_ width: Int, contextWidth: Int? = nil, headCount: Int, at path: ParameterPath)
        throws
    {
        let keyWidth = contextWidth ?? width
        toQ = try Linear(width, width, hasBias: false, at: path["to_q"])
        toK = try Linear(keyWidth, width, hasBias: false, at: path["to_k"])
        toV = try Linear(keyWidth, width, hasBias: false, at: path["to_v"])
        toOut = try Linear(width, width, at: path["to_out"][0])
        self.headCount = headCount
    }

    /// Self-attention: `[N, tokens, width]` to the same shape.
    public func callAsFunction(_ tokens: Tensor) -> Tensor {
        attend(tokens, keysAndValues(of: tokens))
    }

    /// Cross-attention of `[N, tokens, width]` to the tokens of `context`.
    public func callAsFunction(_ tokens: Tensor, context: CrossAttentionContext) -> Tensor {
        attend(tokens, context.keysAndValues(for: self))
    }

    /// The keys and values of `[N, keys, contextWidth]`, each `[N, heads, keys, d]`.
    func keysAndValues(of tokens: Tensor) -> (keys: Tensor, values: Tensor) {
        (keys: toK(tokens).splitIntoHeads(headCount), values: toV(tokens).splitIntoHeads(headCount))
    }

    private func attend(_ tokens: Tensor, _ other: (keys: Tensor, values: Tensor)) -> Tensor {
        let queries = toQ(tokens).splitIntoHeads(headCount)
        let attended = queries.scaledDotProductAttention(keys: other.keys, values: other.values)
        return toOut(attended.joinedHeads())
    }
}

extension Tensor {
    /// `[N, tokens, heads · d]` as `[N, heads, tokens, d]`; nothing is copied.
    package func splitIntoHeads(_ count: Int) -> Tensor {
        reshaped([size(0), size(1), count, size(2) / Swift.max(count, 1)]).transposed(1, 2)
    }

    /// `[N, heads, tokens, d]` as `[N, tokens, heads · d]`.
    package func joinedHeads() -> Tensor {
        transposed(1, 2).flattened(from: 2)
    }
}
