import Foundation
import Layers
import Models
import Schedulers
import Tensors

extension DiffusionTraining {
    /// The loss of the averaged weights on the first images of a set, with noise and timesteps that are the same at every
    /// call: only the weights change it.
    ///
    /// - Parameters:
    ///   - set: images that are not trained on.
    ///   - validation: how many images, and where the noise begins.
    /// - Returns: the mean over the images, captions as they are.
    /// - Throws: `TorchError`.
    public func validationLoss(on set: LatentImages, _ validation: ValidationSettings) throws
        -> Double
    {
        let count = min(validation.lossImageCount, set.images.count)
        let dtype = DType(name: settings.optimization.dtype) ?? .float32
        // One image after the other: its loss does not depend on its company.
        return try withTorchErrors {
            try state.withAveragedWeights {
                try withAutocast(dtype) {
                    let losses = try (0..<count).map { index in
                        try loss(of: index, in: set, count: count, seed: validation.seed)
                    }
                    return losses.reduce(0, +) / Double(count)
                }
            }
        }
    }

    private func loss(of index: Int, in set: LatentImages, count: Int, seed: UInt64) throws
        -> Double
    {
        let latents = try set.latents.batch([(index, false)])
        let generator = Generator(seed: seed &+ UInt64(index))
        let total = objective.schedule.trainTimestepCount
        // Spread over the whole range, with few images too.
        let timestep = (2 * index + 1) * total / (2 * count)
        let tokens = tokenizer.encode(set.images[index].prompt).ids
        let context = CrossAttentionContext(hiddenStates(of: [tokens]))
        return objective.losses(
            latents,
            noise: objective.noise(latents.shape, generator: generator),
            timesteps: [timestep]
        ) { noisy in
            unet(noisy, timestep: Tensor([timestep], [1]), context: context)
        }.mean().item()
    }
}
