import Tensors

/// A scheduler whose samples are data plus σ times noise; the network sees them scaled to the variance
/// that it was trained on.
protocol SigmaScheduler: Scheduler {
    /// σ at each element of `timesteps`, then that of the end.
    var sigmas: [Double] { get }
}

extension SigmaScheduler {
    func noiseLevel(at timestep: Double) -> NoiseLevel {
        NoiseLevel(signal: 1, noise: sigmas[index(of: timestep)])
    }

    func scaleModelInput(_ sample: Tensor, timestep: Double) -> Tensor {
        let sigma = sigmas[stepIndex]
        return sample / (sigma * sigma + 1).squareRoot()
    }
}
