import Tensors

/// Images of one size to learn from, as latents, and how they are drawn.
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

/// All images to learn from, of one size or of several; those of a batch are of one.
public struct LatentSet {
    /// The images of each size.
    public let parts: [LatentImages]

    /// Puts the sizes together.
    public init(_ parts: [LatentImages]) { self.parts = parts }

    /// The part that a batch is drawn from, in proportion to what its images come up.
    func part(generator: Generator) -> LatentImages {
        guard parts.count > 1 else { return parts[0] }
        var rest = generator.uniform() * parts.reduce(0) { $0 + $1.sampler.weight }
        for part in parts {
            rest -= part.sampler.weight
            if rest < 0 { return part }
        }
        return parts[parts.count - 1]
    }
}

@available(*, unavailable)
extension LatentImages: Sendable {}

@available(*, unavailable)
extension LatentSet: Sendable {}
