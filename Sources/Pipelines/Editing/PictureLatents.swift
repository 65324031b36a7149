import Models
import Schedulers
import Tensors

/// A picture's latents as the autoencoder's Gaussian gives them.
struct PictureLatents {
    let autoencoder: AutoencoderKL
    /// The picture, `[1, channels, H, W]`, -1 for black and 1 for white.
    let picture: Tensor
    private let distribution: DiagonalGaussian

    init(_ picture: Tensor, _ autoencoder: AutoencoderKL, dtype: DType) {
        self.autoencoder = autoencoder
        self.picture = picture
        distribution = autoencoder.encode(picture.to(dtype))
    }

    /// The likeliest latents, float32 `[1, C, h, w]`, scaled as the UNet sees them.
    var mean: Tensor { autoencoder.scaled(distribution.mean.to(.float32)) }

    /// Latents drawn with a run's own noise, as diffusers' pipelines do.
    func sample(_ noise: NoiseSource) -> Tensor {
        autoencoder.scaled(distribution.sample(noise: noise.draw()))
    }
}

extension DenoisingStart {
    /// Begins with the picture, as noisy as the first step expects it.
    static func noised(
        _ picture: PictureLatents,
        _ scheduler: any Scheduler,
        _ noise: NoiseSource
    ) -> DenoisingStart {
        let original = picture.sample(noise)
        return DenoisingStart(
            latents: scheduler.addNoise(
                to: original,
                noise: noise.draw(),
                timestep: scheduler.timesteps[scheduler.stepIndex]
            )
        )
    }

    /// Begins with noise or the noised picture, and keeps what is outside of the mask.
    ///
    /// The picture's latents are put back after every step. Noise is drawn in the order of diffusers.
    /// - Parameters:
    ///   - picture: before the edit.
    ///   - isBlank: whether the run begins with noise alone.
    ///   - change: where it is repainted.
    ///   - scheduler: before its first step.
    ///   - noise: the run's own.
    /// - Returns: the first latents, with those to keep.
    static func inpainted(
        _ picture: PictureLatents,
        isBlank: Bool,
        where change: ChangeMap,
        _ scheduler: any Scheduler,
        _ noise: NoiseSource
    ) -> DenoisingStart {
        let original = picture.sample(noise)
        let fresh = noise.draw()
        _ = noise.draw()  // diffusers encodes the masked picture too, and does not use it
        return DenoisingStart(
            latents: first(isBlank ? nil : original, fresh, scheduler),
            kept: KeptLatents(original: original, noise: fresh, change: change)
        )
    }

    /// The same for a model made for inpainting, which is shown the mask and the masked picture.
    ///
    /// - Parameters:
    ///   - picture: before the edit; nil begins with noise alone.
    ///   - masked: the picture with mid-grey in place of what is repainted.
    ///   - change: where it is repainted.
    ///   - scheduler: before its first step.
    ///   - noise: the run's own.
    /// - Returns: the first latents, with the mask and the masked picture beside them.
    static func inpainted(
        _ picture: PictureLatents?,
        masked: PictureLatents,
        where change: ChangeMap,
        _ scheduler: any Scheduler,
        _ noise: NoiseSource
    ) -> DenoisingStart {
        let original = picture?.sample(noise)
        let fresh = noise.draw()
        let mask = change.whole.to(fresh.device)
        return DenoisingStart(
            latents: first(original, fresh, scheduler),
            addedChannels: Tensor.concatenated([mask, masked.sample(noise)], axis: 1)
        )
    }

    /// The noised picture, or noise alone without one.
    private static func first(
        _ original: Tensor?,
        _ noise: Tensor,
        _ scheduler: any Scheduler
    ) -> Tensor {
        guard let original else { return noise * scheduler.initialNoiseSigma }
        let timestep = scheduler.timesteps[scheduler.stepIndex]
        return scheduler.addNoise(to: original, noise: noise, timestep: timestep)
    }
}
