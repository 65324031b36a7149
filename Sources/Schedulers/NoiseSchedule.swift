public import Tensors

/// The noise of every timestep of training, which all schedulers and the training loss share.
public struct NoiseSchedule: Sendable {
    /// ᾱ_t: the share of the data's variance left at each timestep, descending from nearly one.
    public let alphasCumprod: [Double]
    /// Whether nothing of the data is left at the last timestep, where ᾱ is exactly zero.
    public let hasZeroTerminalSNR: Bool

    /// The schedule that a configuration describes; each value is rounded to float32 as diffusers
    /// does.
    ///
    /// - Throws: `SchedulerError.invalidValue` where no schedule comes of it.
    public init(_ configuration: SchedulerConfiguration) throws(SchedulerError) {
        let betas = try configuration.betas()
        hasZeroTerminalSNR = configuration.rescalesBetasToZeroSNR ?? false
        alphasCumprod = Self.cumulativeProducts(
            hasZeroTerminalSNR ? try Self.rescaledToZeroTerminalSNR(betas) : betas
        )
    }

    /// The timesteps of training.
    public var trainTimestepCount: Int { alphasCumprod.count }

    /// The weights of data and noise at a timestep in `0..<trainTimestepCount`.
    public func level(at timestep: Int) -> NoiseLevel {
        NoiseLevel(alphaCumprod: alphasCumprod[timestep])
    }

    /// The signal-to-noise ratio ᾱ / (1 − ᾱ) at a timestep (Hang et al., arXiv:2303.09556).
    public func signalToNoiseRatio(at timestep: Int) -> Double {
        alphasCumprod[timestep] / (1 - alphasCumprod[timestep])
    }

    /// Clean data with noise, one timestep for each item: √ᾱ x_0 + √(1 − ᾱ) ε.
    ///
    /// - Parameters:
    ///   - original: x_0, `[N, …]`.
    ///   - noise: ε, unit Gaussians, `[N, …]`.
    ///   - timesteps: N timesteps in `0..<trainTimestepCount`.
    /// - Returns: noisy data, `[N, …]`, in the type of `original`.
    /// - SeeAlso: Ho et al., arXiv:2006.11239, equation (4).
    public func addNoise(to original: Tensor, noise: Tensor, timesteps: [Int]) -> Tensor {
        let (signal, gaussian) = coefficients(timesteps, like: original)
        return signal * original + gaussian * noise
    }

    /// The target of a network that predicts velocity: √ᾱ ε − √(1 − ᾱ) x_0.
    ///
    /// - Parameters: as for `addNoise(to:noise:timesteps:)`.
    /// - SeeAlso: Salimans and Ho, arXiv:2202.00512.
    public func velocity(of original: Tensor, noise: Tensor, timesteps: [Int]) -> Tensor {
        let (signal, gaussian) = coefficients(timesteps, like: original)
        return signal * noise - gaussian * original
    }

    /// What a network of that prediction type should answer.
    public func target(
        _ type: PredictionType,
        original: Tensor,
        noise: Tensor,
        timesteps: [Int]
    ) -> Tensor {
        switch type {
        case .epsilon: noise
        case .sample: original
        case .vPrediction: velocity(of: original, noise: noise, timesteps: timesteps)
        }
    }

    /// √ᾱ and √(1 − ᾱ) of each item, shaped `[N, 1, …]`.
    private func coefficients(_ timesteps: [Int], like tensor: Tensor) -> (Tensor, Tensor) {
        let levels = timesteps.map(level(at:))
        let shape =
            [timesteps.count] + Array(repeating: 1, count: max(0, tensor.dimensionCount - 1))
        let column = { (values: [Double]) in
            Tensor(values.map(Float.init), shape).to(tensor.dtype).to(tensor.device)
        }
        return (column(levels.map(\.signal)), column(levels.map(\.noise)))
    }

    private static func cumulativeProducts(_ betas: [Double]) -> [Double] {
        var product = 1.0  // libtorch accumulates float32 products in float64
        return betas.map { beta in
            product *= (1 - beta).inFloat32
            return product.inFloat32
        }
    }

    /// Lin et al., arXiv:2305.08891, algorithm 1.
    private static func rescaledToZeroTerminalSNR(
        _ betas: [Double]
    ) throws(SchedulerError) -> [Double] {
        let roots = cumulativeProducts(betas).map { Float($0).squareRoot() }
        guard let first = roots.first, let last = roots.last, first > last else {
            throw .invalidValue(
                key: "rescale_betas_zero_snr",
                value: "true",
                expected: "two or more timesteps"
            )
        }
        let scale = first / (first - last)
        let alphasCumprod = roots.map { root in
            let shifted = (root - last) * scale
            return shifted * shifted
        }
        return alphasCumprod.indices.map { index in
            let previous = index == 0 ? 1 : alphasCumprod[index - 1]
            return Double(1 - alphasCumprod[index] / previous)
        }
    }
}
