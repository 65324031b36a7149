import Foundation
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
    /// The text encoder, in training or not.
    public let textEncoder: CLIPTextModel
    let objective: DiffusionObjective
    let tokenizer: CLIPTokenizer
    private let captions = CaptionWriter()
    private let unetParameterCount: Int
    /// The states of captions where the text encoder does not learn.
    private let textStates: TextStateCache?

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
        unet.recomputesActivations = settings.recomputesActivations
        unetParameterCount = unet.parameters.count
        textStates = nil
        state = TrainingState(unet.parameters + textEncoder.parameters, settings.optimization)
    }

    /// Begins a run with the weights of a model, of which all or low-rank changes learn.
    ///
    /// - Throws: what is wrong with the model's files, `SchedulerError` or `TrainingError` for settings that no
    ///   run can have.
    public init(_ fineTuning: FineTuning, base: ModelFolder) throws {
        settings = fineTuning.settings
        try settings.validate()
        tokenizer = try base.loadTokenizer()
        objective = try DiffusionObjective(
            SchedulerConfiguration(contentsOf: URL(filePath: base.schedulerConfigurationPath())),
            settings
        )
        // Weights that do not learn need no more than the precision of the products.
        let dtype = DType(name: settings.optimization.dtype) ?? .float32
        unet = try base.loadUNet(dtype: fineTuning.lora == nil ? .float32 : dtype)
        textEncoder = try base.loadTextEncoder()
        var learning = [unet.parameters]
        if fineTuning.trainsTextEncoder { learning.append(textEncoder.parameters) }
        if let lora = fineTuning.lora {
            let source = ParameterSource.random(seed: settings.optimization.seed)
            learning = try zip(learning, ["unet", "text_encoder"]).map { parameters, name in
                let formerCount = source.parameters.count
                try lora.addAdapters(to: parameters, of: name, from: source)
                return Array(source.parameters.dropFirst(formerCount))
            }
        }
        unet.recomputesActivations = settings.recomputesActivations
        unetParameterCount = learning[0].count
        textStates = fineTuning.trainsTextEncoder ? nil : TextStateCache(textEncoder)
        state = TrainingState(learning.flatMap(\.self), settings.optimization)
    }

    /// The forward process that a model trained from nothing learns to undo, as scheduler_config.json will tell it.
    ///
    /// Its last timestep is noise alone, as the noise is that sampling begins with: a model learns to find an image's layout in
    /// whatever of it is left there (Lin et al., arXiv:2305.08891, section 3).
    public static var noise: SchedulerConfiguration {
        var configuration = SchedulerConfiguration()
        configuration.className = "DPMSolverMultistepScheduler"
        configuration.trainTimestepCount = 1_000
        configuration.betaStart = 0.00085
        configuration.betaEnd = 0.012
        configuration.betaSchedule = .scaledLinear
        configuration.predictionType = .vPrediction
        configuration.timestepSpacing = .trailing
        configuration.rescalesBetasToZeroSNR = true
        configuration.clipsSample = false
        return configuration
    }

    /// The averages of what learns, by name: of the UNet, and of the text encoder where it does.
    public var averagedWeights:
        (unet: ArraySlice<NamedTensor>, textEncoder: ArraySlice<NamedTensor>)
    {
        let weights = state.averagedWeights
        return (weights.prefix(unetParameterCount), weights.dropFirst(unetParameterCount))
    }

    /// Keeps the states of captions in a file, where the text encoder does not learn.
    ///
    /// - Parameters:
    ///   - key: names the text encoder's weights.
    ///   - path: a safetensors file.
    /// - Throws: `TorchError`.
    public func useTextStates(key: String, path: String) throws {
        try textStates?.use(key: key, path: path)
    }

    /// Writes the file that `useTextStates` has named.
    public func saveTextStates() throws { try textStates?.save() }

    /// One step on images that `set` draws, and on as many of `prior`.
    ///
    /// - Parameters:
    ///   - set: the images to learn.
    ///   - prior: images of what the model is not to forget (DreamBooth, arXiv:2208.12242, section 3.3).
    /// - Returns: loss and gradient norm.
    /// - Throws: `TorchError`, or `TrainingError.notFinite` with the images of the batch.
    public func step(_ set: LatentSet, prior: LatentSet? = nil) throws -> [Double] {
        let generator = state.generator()
        var chance = SplitMix64(
            seed: settings.optimization.seed ^ UInt64(state.step) &* 0x5DEECE66D
        )
        let count = settings.optimization.batchSize
        var drawn: [String] = []
        do {
            let (loss, norm) = try state.advance {
                func loss(of set: LatentSet) throws -> Tensor {
                    let part = set.part(generator: generator)
                    let batch = try self.batch(count, of: part, generator, &chance)
                    drawn += batch.paths
                    return losses(batch, generator, &chance).mean()
                }
                let own = try loss(of: set)
                return try prior.map { own + (try loss(of: $0)) * settings.priorWeight } ?? own
            }
            return [loss, norm]
        } catch let error as TrainingError {
            throw error.naming(drawn)
        }
    }

    /// Images drawn from one set.
    private struct Batch {
        let latents: Tensor
        let tokens: [[Int]]
        let paths: [String]
    }

    private func batch(
        _ count: Int,
        of set: LatentImages,
        _ generator: Generator,
        _ chance: inout SplitMix64
    ) throws -> Batch {
        let images = set.images
        let indices = try set.sampler.indices(count, generator: generator).integers()
            .map { Int($0) }
        let latents = try set.latents.batch(
            indices.map {
                ($0, images[$0].allowsHorizontalFlip && Bool.random(using: &chance))
            }
        )
        let tokens = indices.map { index -> [Int] in
            let isDropped = Double.random(in: 0..<1, using: &chance) < settings.captionDropout
            let caption = captions.caption(for: images[index], using: &chance)
            return tokenizer.encode(isDropped ? "" : caption).ids
        }
        return Batch(latents: latents, tokens: tokens, paths: indices.map { images[$0].path })
    }

    /// The loss of each image of a batch.
    private func losses(
        _ batch: Batch,
        _ generator: Generator,
        _ chance: inout SplitMix64
    ) -> Tensor {
        let timesteps = objective.timesteps(batch.tokens.count) {
            Double.random(in: 0..<1, using: &chance)
        }
        let noise = objective.noise(batch.latents.shape, generator: generator)
        let context = CrossAttentionContext(hiddenStates(of: batch.tokens))
        return objective.losses(batch.latents, noise: noise, timesteps: timesteps) { noisy in
            unet(noisy, timestep: Tensor(timesteps, [timesteps.count]), context: context)
        }
    }

    /// The text encoder's answer to tokenized captions, `[N, tokens, features]`.
    func hiddenStates(of tokens: [[Int]]) -> Tensor {
        textStates?.states(of: tokens)
            ?? textEncoder(Tensor(tokens.flatMap(\.self), [tokens.count, tokens[0].count]))
    }
}
