import Layers
public import Models
import Tensors
import Foundation

/// Training of an `AutoencoderKL` to reproduce images through its latents.
///
/// The loss is the mean absolute error of pixels, plus that of differences between neighbours at three scales
/// (edges, which absolute error alone would blur), plus a little of the divergence from the unit Gaussian.
public struct AutoencoderTraining {
    /// The settings of a run, stored beside its checkpoints.
    public struct Configuration: Codable, Equatable, Sendable {
        /// The model.
        public var model = AutoencoderKL.Configuration()
        /// How it is optimized.
        public var optimization = OptimizationConfiguration()
        /// Weight of the neighbour differences.
        public var gradientWeight = 0.5
        /// Weight of the divergence, in nats a latent element.
        public var divergenceWeight = 1e-4
        /// Side of the crops that two steps of three train on; the third takes a quarter as many whole images.
        public var cropSide = 128
        /// How the run is looked at while it goes on.
        public var validation = ValidationSettings()

        /// The defaults.
        public init() {}
    }

    /// The settings.
    public let configuration: Configuration
    /// The model in training.
    public let model: AutoencoderKL
    /// Weights, optimizer and step.
    public let state: TrainingState

    /// Begins a run with random weights.
    ///
    /// - Throws: `ModelsError` or `TrainingError` for settings that no run can have.
    public init(_ configuration: Configuration) throws {
        try configuration.optimization.validate()
        try configuration.validation.validate()
        self.configuration = configuration
        let source = ParameterSource.random(seed: configuration.optimization.seed)
        model = try AutoencoderKL(configuration.model, at: ParameterPath(source))
        state = TrainingState(source.parameters, configuration.optimization)
    }

    /// One step on images that `sampler` picks; returns loss, absolute error (0...2), divergence and gradient norm.
    ///
    /// - Throws: `TorchError`, or `TrainingError.notFinite` with the images of the batch.
    public func step(_ images: TrainingImages, _ sampler: BalancedSampler) throws -> [Double] {
        let generator = state.generator()
        let isWhole = state.step % 3 == 2
        let batchSize = max(configuration.optimization.batchSize / (isWhole ? 4 : 1), 1)
        var parts: [(error: Tensor, divergence: Tensor)] = []
        var drawn: [Tensor] = []
        do {
            let (loss, norm) = try state.advance {
                let indices = sampler.indices(batchSize, generator: generator)
                drawn.append(indices)
                var batch = images.batch(indices)
                if !isWhole { batch = crop(batch, generator) }
                if generator.coin() { batch = batch.flipped([3]) }
                let posterior = model.encode(batch.contiguous(.channelsLast))
                let mean = posterior.mean.to(.float32)
                let noise = Tensor.randn(mean.shape, generator: generator)
                let output = model.decode(posterior.sample(noise: noise)).to(.float32)
                let error = (output - batch).abs().mean()
                let divergence =
                    posterior.divergenceFromUnitGaussian().mean()
                    / Double(mean.elementCount / batchSize)
                parts.append((error.detached(), divergence.detached()))
                return error + edgeError(output, batch) * configuration.gradientWeight
                    + divergence * configuration.divergenceWeight
            }
            let count = Double(parts.count)
            let error = parts.reduce(0) { $0 + $1.error.item() } / count
            let divergence = parts.reduce(0) { $0 + $1.divergence.item() } / count
            return [loss, error, divergence, norm]
        } catch let error as TrainingError {
            let indices = try drawn.flatMap { try $0.integers() }
            throw error.naming(indices.map { images.paths[Int($0)] })
        }
    }

    private func crop(_ batch: Tensor, _ generator: Generator) -> Tensor {
        let side = batch.size(2)
        guard side > configuration.cropSide else { return batch }
        let (top, left) = (
            generator.integer(below: side - configuration.cropSide + 1),
            generator.integer(below: side - configuration.cropSide + 1)
        )
        return batch.sliced(2, from: top, to: top + configuration.cropSide)
            .sliced(3, from: left, to: left + configuration.cropSide)
    }

    private func edgeError(_ output: Tensor, _ target: Tensor) -> Tensor {
        var (difference, total) = (output - target, Tensor(0))
        for scale in 0..<3 {
            if scale > 0 { difference = difference.averagePooled(2) }
            let across = difference.sliced(3, from: 1) - difference.sliced(3, to: -1)
            let down = difference.sliced(2, from: 1) - difference.sliced(2, to: -1)
            total = total + across.abs().mean() + down.abs().mean()
        }
        return total
    }
}
