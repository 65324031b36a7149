import Layers
public import Models
public import Schedulers
import Tensors

/// Training of a UNet, and of its text encoder with it, in the latents of a finished autoencoder.
///
/// - SeeAlso: Rombach et al. 2022, arXiv:2112.10752, section 3.3, where the text encoder is trained with the UNet.
public struct DiffusionTraining {
    /// The settings of a run from nothing.
    public struct Configuration: Codable, Equatable, Sendable {
        /// The UNet.
        public var unet: UNet2DConditionModel.Configuration
        /// The text encoder.
        public var textEncoder: CLIPTextModel.Configuration
        /// How both are trained; in JSON its keys stand beside those of the models.
        public var settings = DiffusionSettings()

        /// Settings for these two models.
        public init(
            unet: UNet2DConditionModel.Configuration,
            textEncoder: CLIPTextModel.Configuration
        ) {
            self.unet = unet
            self.textEncoder = textEncoder
        }

        private enum CodingKeys: String, CodingKey { case unet, textEncoder }

        /// Reads the models, and the settings from the same object.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            unet = try container.decode(
                UNet2DConditionModel.Configuration.self,
                forKey: .unet
            )
            textEncoder = try container.decode(
                CLIPTextModel.Configuration.self,
                forKey: .textEncoder
            )
            settings = try DiffusionSettings(from: decoder)
        }

        /// Writes what `init(from:)` reads.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(unet, forKey: .unet)
            try container.encode(textEncoder, forKey: .textEncoder)
            try settings.encode(to: encoder)
        }
    }

    /// How it is trained.
    public let settings: DiffusionSettings
    /// Weights, optimizer and step.
    public let state: TrainingState
    /// The UNet in training.
    public let unet: UNet2DConditionModel
    /// The text encoder in training.
    public let textEncoder: CLIPTextModel
    private let objective: DiffusionObjective
    private let tokenizer: CLIPTokenizer
    private let captions = CaptionWriter()
    private let parameterCounts: (unet: Int, textEncoder: Int)

    /// Begins a run with random weights.
    ///
    /// - Throws: `ModelsError`, `SchedulerError` or `TrainingError` for settings that no run can have.
    public init(_ configuration: Configuration, tokenizer: CLIPTokenizer) throws {
        settings = configuration.settings
        try settings.validate()
        self.tokenizer = tokenizer
        objective = try DiffusionObjective(Self.noise, settings)
        let seed = settings.optimization.seed
        let unetSource = ParameterSource.random(seed: seed)
        unet = try UNet2DConditionModel(configuration.unet, at: ParameterPath(unetSource))
        let textSource = ParameterSource.random(seed: seed &+ 1)
        textEncoder = try CLIPTextModel(configuration.textEncoder, at: ParameterPath(textSource))
        parameterCounts = (unetSource.parameters.count, textSource.parameters.count)
        state = TrainingState(
            unetSource.parameters + textSource.parameters,
            settings.optimization
        )
    }

    /// The forward process that a model trained from nothing learns to undo, as scheduler_config.json will tell it.
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
    /// - Throws: `TorchError`, or `TrainingError.notFinite` with the images of the batch.
    public func step(
        _ images: [LabelledImage],
        latents: LatentCache,
        _ sampler: BalancedSampler
    ) throws -> [Double] {
        let generator = state.generator()
        var chance = SplitMix64(
            seed: settings.optimization.seed ^ UInt64(state.step) &* 0x5DEECE66D
        )
        let count = settings.optimization.batchSize
        var drawn: [Int] = []
        do {
            let (loss, norm) = try state.advance {
                let indices = try sampler.indices(count, generator: generator).integers()
                    .map { Int($0) }
                drawn += indices
                let batch = try latents.batch(
                    indices.map {
                        ($0, images[$0].allowsHorizontalFlip && Bool.random(using: &chance))
                    }
                )
                let tokens = indices.flatMap { index -> [Int] in
                    let isDropped =
                        Double.random(in: 0..<1, using: &chance) < settings.captionDropout
                    let caption = captions.caption(for: images[index], using: &chance)
                    return tokenizer.encode(isDropped ? "" : caption).ids
                }
                let timesteps = objective.timesteps(count) {
                    Double.random(in: 0..<1, using: &chance)
                }
                let noise = objective.noise(batch.shape, generator: generator)
                let hiddenStates = textEncoder(Tensor(tokens, [count, tokens.count / count]))
                return objective.losses(batch, noise: noise, timesteps: timesteps) { noisy in
                    unet(
                        noisy,
                        timestep: Tensor(timesteps, [count]),
                        context: CrossAttentionContext(hiddenStates)
                    )
                }.mean()
            }
            return [loss, norm]
        } catch let error as TrainingError {
            throw error.naming(drawn.map { images[$0].path })
        }
    }
}
