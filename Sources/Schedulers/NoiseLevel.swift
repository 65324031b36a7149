import Foundation
public import Tensors

/// The two coefficients of a noisy sample, `x = signal · x_0 + noise · ε`.
///
/// Variance-preserving schedulers have `signal² + noise² = 1`; those in the variance-exploding form
/// of Karras et al. have `signal = 1` and `noise = σ`.
public struct NoiseLevel: Sendable, Hashable {
    /// The weight of the clean data, √ᾱ in the variance-preserving form.
    public let signal: Double
    /// The weight of the unit Gaussian, √(1 − ᾱ) in the variance-preserving form.
    public let noise: Double

    /// Makes a level of these weights.
    public init(signal: Double, noise: Double) {
        self.signal = signal
        self.noise = noise
    }

    /// The variance-preserving level of ᾱ, the product of all `1 − β` so far.
    init(alphaCumprod: Double) {
        self.init(signal: alphaCumprod.squareRoot(), noise: (1 - alphaCumprod).squareRoot())
    }

    /// The variance-preserving level with the ratio `sigma` of noise to signal.
    init(sigma: Double) {
        signal = 1 / (sigma * sigma + 1).squareRoot()
        noise = sigma * signal
    }

    /// Half the logarithm of the signal-to-noise ratio, λ of DPM-Solver; infinite without noise.
    var lambda: Double { log(signal) - log(noise) }

    /// `signal · original + noise · gaussian`.
    public func mix(_ original: Tensor, _ gaussian: Tensor) -> Tensor {
        signal * original + noise * gaussian
    }

    /// The clean data x_0 that a network's output stands for.
    ///
    /// - Parameters:
    ///   - modelOutput: ε, x_0, or `v = α ε − σ x_0`, where α and σ are this level scaled to
    ///     `α² + σ² = 1` (Salimans and Ho, arXiv:2202.00512).
    ///   - sample: the noisy sample at this level.
    ///   - type: which of the three.
    /// - Returns: x_0, of the sample's shape.
    func original(from modelOutput: Tensor, sample: Tensor, type: PredictionType) -> Tensor {
        let square = signal * signal + noise * noise
        return switch type {
        case .epsilon: (sample - noise * modelOutput) / signal
        case .sample: modelOutput
        case .vPrediction:
            (signal / square) * sample - (noise / square.squareRoot()) * modelOutput
        }
    }

    /// The unit Gaussian ε that a network's output stands for, as `original(from:sample:type:)`
    /// x_0.
    package func gaussian(from modelOutput: Tensor, sample: Tensor, type: PredictionType) -> Tensor
    {
        let square = signal * signal + noise * noise
        return switch type {
        case .epsilon: modelOutput
        case .sample: (sample - signal * modelOutput) / noise
        case .vPrediction:
            (noise / square) * sample + (signal / square.squareRoot()) * modelOutput
        }
    }
}
