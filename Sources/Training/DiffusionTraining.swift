import Foundation
import Layers
public import Models
public import Schedulers
import Tensors

/// Joint training of a UNet and its text encoder from nothing, in the latents of a finished autoencoder.
///
/// - SeeAlso: Rombach et al. 2022, arXiv:2112.10752, section 3.3, where the text encoder is trained with the UNet.
public struct DiffusionTraining {
    /// The settings of a run, stored beside its checkpoints.
    public struct Configuration: Codable, Equatable, Sendable {
        /// The UNet.
        public var unet: UNet2DConditionModel.Configuration
        /// The text encoder.
        public var textEncoder: CLIPTextModel.Configuration
        /// How both are optimized.
        public var optimization = OptimizationConfiguration()
        /// The share of captions left empty, for classifier-free guidance (arXiv:2207.12598).
        public var captionDropout = 0.1
        /// The signal-to-noise ratio above which the loss of a timestep grows no further (arXiv:2303.09556).
        public var minSNRGamma = 5.0
        /// Exponent of a class's size in the probability of its being drawn: 0 evenly, 1 by its images.
        public var classBalance = 0.4

        /// Settings for these two models.
        public init(
            unet: UNet2DConditionModel.Configuration,
            textEncoder: CLIPTextModel.Configuration
        ) {
            self.unet = unet
            self.textEncoder = textEncoder
        }
    }

    /// The settings.
    public let configuration: Configuration
    /// Weights, optimizer and step.
    public let state: TrainingState
    /// The UNet in training.
    public let unet: UNet2DConditionModel
    /// The text encoder in training.
    public let textEncoder: CLIPTextModel
    private let schedule: NoiseSchedule
    private let tokenizer: CLIPTokenizer
    private let captions = CaptionWriter()
    private let parameterCounts: (unet: Int, textEncoder: Int)

    /// Begins a run with random weights.
    ///
    /// - Throws: `ModelsError` or `SchedulerError` for settings that no model can have.
    public init(_ configuration: Configuration, tokenizer: CLIPTokenizer) throws {
        self.configuration = configuration
        self.tokenizer = tokenizer
        schedule = try NoiseSchedule(Self.noise)
        let seed = configuration.optimization.seed
        let unetSource = ParameterSource.random(seed: seed)
        unet = try UNet2DConditionModel(configuration.unet, at: ParameterPath(unetSource))
        let textSource = ParameterSource.random(seed: seed &+ 1)
        textEncoder = try CLIPTextModel(configuration.textEncoder, at: ParameterPath(textSource))
        parameterCounts = (unetSource.parameters.count, textSource.parameters.count)
        state = TrainingState(
            unetSource.parameters + textSource.parameters,
            configuration.optimization
        )
    }

    /// The forward process that the model learns to undo, as scheduler_config.json will tell it.
    public static var noise: SchedulerConfiguration {
        var configuration = SchedulerConfiguration()
        configuration.className = "DPMSolverMultistepScheduler"
        configuration.trainTimestepCount = 1_000
        configuration.betaStart = 0.00085
        configuration.betaEnd = 0.012
        configuration.betaSchedule = .scaledLinear
        configuration.predictionType = .vPrediction
        configuration.timestepSpacing = .trailing
        return configuration
    }

    /// The averaged weights of the two models, by name.
    public var averagedWeights:
        (unet: ArraySlice<NamedTensor>, textEncoder: ArraySlice<NamedTensor>)
    {
        let weights = state.averagedWeights
        return (weights.prefix(parameterCounts.unet), weights.suffix(parameterCounts.textEncoder))
    }

    /// One step on images that `sampler` picks; returns loss and gradient norm.
    ///
    /// - Throws: `TorchError`.
    public func step(
        _ images: [LabelledImage],
        latents: LatentCache,
        _ sampler: BalancedSampler
    ) throws -> [Double] {
        let generator = state.generator()
        var chance = SplitMix64(
            seed: configuration.optimization.seed ^ UInt64(state.step) &* 0x5DEECE66D
        )
        let count = configuration.optimization.batchSize
        let indices = try sampler.indices(count, generator: generator).integers().map { Int($0) }
        let batch = try latents.batch(
            indices.map { ($0, images[$0].allowsHorizontalFlip && Bool.random(using: &chance)) }
        )
        let tokens = indices.flatMap { index -> [Int] in
            let isDropped = Double.random(in: 0..<1, using: &chance) < configuration.captionDropout
            let caption = captions.caption(for: images[index], using: &chance)
            return tokenizer.encode(isDropped ? "" : caption).ids
        }
        let (loss, norm) = try state.advance {
            let timesteps = (0..<count).map { position in
                let share =
                    (Double(position) + Double.random(in: 0..<1, using: &chance)) / Double(count)
                return min(
                    Int(share * Double(schedule.trainTimestepCount)),
                    schedule.trainTimestepCount - 1
                )
            }
            let noise = Tensor.randn(batch.shape, generator: generator)
            let noisy = schedule.addNoise(to: batch, noise: noise, timesteps: timesteps)
            let target = schedule.target(
                .vPrediction,
                original: batch,
                noise: noise,
                timesteps: timesteps
            )
            let hiddenStates = textEncoder(Tensor(tokens, [count, tokens.count / count]))
            let output = unet(
                noisy,
                timestep: Tensor(timesteps, [count]),
                context: CrossAttentionContext(hiddenStates)
            )
            let errors = (output.to(.float32) - target).squared().mean([1, 2, 3])
            return (errors * weights(timesteps)).mean()
        }
        return [loss, norm]
    }

    /// min(SNR, γ) / (SNR + 1), the min-SNR weight of a velocity's squared error, `[N]`.
    private func weights(_ timesteps: [Int]) -> Tensor {
        let weights = timesteps.map { timestep -> Float in
            let ratio = schedule.signalToNoiseRatio(at: timestep)
            return Float(min(ratio, configuration.minSNRGamma) / (ratio + 1))
        }
        return Tensor(weights, [weights.count])
    }
}
