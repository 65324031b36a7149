import Layers
import Tensors

/// What all blocks of the UNet are told, and how their layers are run.
struct UNetConditioning {
    /// `[N, timeEmbeddingWidth]`.
    let timeEmbedding: Tensor
    /// The text.
    let context: CrossAttentionContext
    /// Whether layers compute their activations again for the gradient, instead of keeping them.
    let recomputesActivations: Bool

    /// The residual block's answer, `[N, C, H, W]`.
    func apply(_ resnet: ResnetBlock2D, to hidden: Tensor) -> Tensor {
        guard recomputesActivations else { return resnet(hidden, timeEmbedding: timeEmbedding) }
        return recomputed([hidden, timeEmbedding]) { resnet($0[0], timeEmbedding: $0[1]) }
    }

    /// The transformer's answer, `[N, C, H, W]`.
    func apply(_ transformer: Transformer2DModel, to hidden: Tensor) -> Tensor {
        guard recomputesActivations else { return transformer(hidden, context: context) }
        // A context of its own: keys and values that were kept would not know their gradient.
        return recomputed([hidden, context.hiddenStates]) {
            transformer($0[0], context: CrossAttentionContext($0[1]))
        }
    }
}
