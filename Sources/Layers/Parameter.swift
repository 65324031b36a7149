public import Tensors

/// A learned tensor and its key in a checkpoint.
public final class Parameter {
    /// The dotted path, such as `mid_block.resnets.0.conv1.weight`.
    public let name: String
    /// The elements; replaced, not overwritten, where a model is edited.
    public var value: Tensor
    /// A low-rank change of the elements that is computed beside them, or merged into them.
    public var adapter: LowRankAdapter?

    init(name: String, value: Tensor) {
        self.name = name
        self.value = value
    }
}

@available(*, unavailable)
extension Parameter: Sendable {}
