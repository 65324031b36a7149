/// Images to learn from, as latents, and how they are drawn.
public struct LatentImages {
    /// Their captions and labels.
    public let images: [LabelledImage]
    /// Their latents, in the same order.
    public let latents: LatentCache
    /// Draws them.
    public let sampler: BalancedSampler

    /// Puts together what belongs to the same images.
    public init(images: [LabelledImage], latents: LatentCache, sampler: BalancedSampler) {
        self.images = images
        self.latents = latents
        self.sampler = sampler
    }
}

@available(*, unavailable)
extension LatentImages: Sendable {}
