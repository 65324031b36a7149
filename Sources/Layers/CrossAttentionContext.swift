public import Tensors

/// What cross-attention layers attend to: a text's hidden states, and every layer's keys and values of
/// them.
///
/// A layer's keys and values are computed when it first asks and kept, so that one context serves all
/// steps of an image. Make a new one when the text or the weights have changed, as in each training
/// step; gradients reach the text through it.
public final class CrossAttentionContext {
    /// `[N, tokens, features]`.
    public let hiddenStates: Tensor
    private var entries: [ObjectIdentifier: Entry] = [:]

    /// The layer is kept with its entry, so that no other can get its identifier.
    private typealias Entry = (layer: Attention, keysAndValues: (keys: Tensor, values: Tensor))

    /// Attends to `hiddenStates`, `[N, tokens, features]`.
    public init(_ hiddenStates: Tensor) {
        self.hiddenStates = hiddenStates
    }

    func keysAndValues(for layer: Attention) -> (keys: Tensor, values: Tensor) {
        if let entry = entries[ObjectIdentifier(layer)] { return entry.keysAndValues }
        let keysAndValues = layer.keysAndValues(of: hiddenStates)
        entries[ObjectIdentifier(layer)] = (layer, keysAndValues)
        return keysAndValues
    }
}

@available(*, unavailable)
extension CrossAttentionContext: Sendable {}
