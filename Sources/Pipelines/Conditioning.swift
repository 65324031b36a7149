public import Layers

/// A prompt as the UNet sees it, with each layer's keys and values once computed.
///
/// One serves any number of images of the same prompts.
public struct Conditioning {
    /// Hidden states `[2, tokens, width]` of the negative prompt and the prompt, or `[1, …]` of the
    /// prompt alone.
    public let context: CrossAttentionContext
    /// Whether there is a negative prompt, which guidance needs.
    public let isGuided: Bool
}

@available(*, unavailable)
extension Conditioning: Sendable {}
