public import Tensors

/// The Gaussian over latents that an image is encoded to, independent in each element.
public struct DiagonalGaussian {
    /// `[N, C, h, w]`.
    public let mean: Tensor
    /// The logarithm of the variance, `[N, C, h, w]`, in -30...20.
    public let logVariance: Tensor

    /// Splits the encoder's output, `[N, 2C, h, w]`.
    init(moments: Tensor) {
        let parts = moments.chunked(2, axis: 1)
        mean = parts[0]
        logVariance = parts[1].clamp(min: -30, max: 20)
    }

    /// A draw, given unit Gaussian `noise` of `mean`'s shape.
    public func sample(noise: Tensor) -> Tensor {
        mean + (logVariance * 0.5).exp() * noise
    }

    /// Kullback-Leibler divergence from the unit Gaussian, summed over all but the batch: `[N]`, in nats.
    public func divergenceFromUnitGaussian() -> Tensor {
        (mean.squared() + logVariance.exp() - 1 - logVariance).sum([1, 2, 3]) * 0.5
    }
}
