import Layers
import Models
public import Schedulers
public import Tensors

/// The noise that is added to latents, and what the network's answer to it costs.
public struct DiffusionObjective {
    /// The forward process.
    public let schedule: NoiseSchedule
    private let predictionType: PredictionType
    private let minSNRGamma: Double
    private let noiseOffset: Double

    /// The objective of a model with this scheduler_config.json.
    ///
    /// - Throws: `SchedulerError`.
    public init(_ noise: SchedulerConfiguration, _ settings: DiffusionSettings) throws {
        schedule = try NoiseSchedule(noise)
        predictionType = noise.predictionType ?? .epsilon
        minSNRGamma = settings.minSNRGamma
        noiseOffset = settings.noiseOffset
    }

    /// One timestep for each of `count` items, evenly over the whole range but for a random part of a step, which
    /// makes the loss of a batch vary less.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - uniform: draws numbers in 0..<1.
    /// - Returns: ascending timesteps.
    public func timesteps(_ count: Int, uniform: () -> Double) -> [Int] {
        let total = schedule.trainTimestepCount
        return (0..<count).map { position in
            min(Int((Double(position) + uniform()) / Double(count) * Double(total)), total - 1)
        }
    }

    /// Noise for a batch, `[N, C, h, w]`.
    public func noise(_ shape: [Int], generator: Generator) -> Tensor {
        let noise = Tensor.randn(shape, generator: generator)
        guard noiseOffset > 0 else { return noise }
        // SeeAlso: N. Guttenberg, "Diffusion with offset noise", 2023.
        return noise + Tensor.randn([shape[0], shape[1], 1, 1], generator: generator) * noiseOffset
    }

    /// The weighted squared error of the network's answer to noisy latents.
    ///
    /// - Parameters:
    ///   - latents: float32 `[N, C, h, w]`.
    ///   - noise: of the same shape.
    ///   - timesteps: N of them.
    ///   - predict: the network, on noisy latents.
    /// - Returns: one number an item, `[N]`.
    public func losses(
        _ latents: Tensor,
        noise: Tensor,
        timesteps: [Int],
        predict: (Tensor) -> Tensor
    ) -> Tensor {
        let noisy = schedule.addNoise(to: latents, noise: noise, timesteps: timesteps)
        let target = schedule.target(
            predictionType,
            original: latents,
            noise: noise,
            timesteps: timesteps
        )
        let errors = (predict(noisy).to(.float32) - target).squared().mean([1, 2, 3])
        guard minSNRGamma > 0 else { return errors }
        return errors * Tensor(timesteps.map { Float(weight(at: $0)) }, [timesteps.count])
    }

    /// The min-SNR weight of a timestep's squared error.
    ///
    /// A network that predicts velocity keeps the weight of one at the noisiest timesteps, where it decides what is
    /// where in an image and min-SNR would hardly let it learn.
    ///
    /// - SeeAlso: Hang et al., arXiv:2303.09556, section 3.4: min(SNR, γ) for the data, divided by what turns an
    ///   error of the data into one of the network's answer; Salimans and Ho, arXiv:2202.00512, section 4, for the
    ///   weight SNR + 1 of velocities, which is clipped here.
    func weight(at timestep: Int) -> Double {
        let ratio = schedule.signalToNoiseRatio(at: timestep)
        return switch predictionType {
        case .epsilon: ratio > 0 ? min(ratio, minSNRGamma) / ratio : 1
        case .vPrediction: min(ratio + 1, minSNRGamma) / (ratio + 1)
        case .sample: min(ratio, minSNRGamma)
        }
    }
}
