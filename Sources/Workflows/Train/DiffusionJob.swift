import Models
import Tensors
import Training

/// Trains a UNet, and a text encoder with it, from nothing or from a model.
final class DiffusionJob: TrainingJob {
    /// Where the weights begin.
    enum Kind {
        case scratch(DiffusionTraining.Configuration)
        case fineTuning(FineTuning)
    }

    let columns = ["loss", "gradient"]
    var state: TrainingState { training.state }
    private let training: DiffusionTraining
    private let kind: Kind
    private let base: ModelFolder
    private let data: TrainingData
    private let prior: TrainingData?
    private var loaded: Loaded?

    private struct Loaded {
        let images: LatentImages
        let prior: LatentImages?
    }

    init(_ kind: Kind, base: String, data: TrainingData, prior: TrainingData?) throws {
        self.kind = kind
        self.base = try ModelFolder(path: base)
        self.data = data
        self.prior = prior
        training =
            switch kind {
            case .scratch(let configuration):
                try DiffusionTraining(configuration, tokenizer: self.base.loadTokenizer())
            case .fineTuning(let fineTuning):
                try DiffusionTraining(fineTuning, base: self.base)
            }
    }

    func step() throws -> [Double] {
        let loaded = try load()
        return try training.step(loaded.images, prior: loaded.prior)
    }

    func saveProducts() throws {
        try loaded?.images.latents.save()
        try loaded?.prior?.latents.save()
        try training.saveTextStates()
        try export(into: "\(data.run)/model")
    }

    /// Writes the whole model, or the low-rank changes alone where only these have learned.
    func export(into folder: String) throws {
        let export = try ModelExport(folder: folder)
        let weights = training.averagedWeights
        switch kind {
        case .scratch(let configuration):
            try export.write(configuration.unet, weights.unet)
            try export.write(configuration.textEncoder, weights.textEncoder)
            try export.write(DiffusionTraining.noise)
            for component in ["vae", "tokenizer"] { try export.copy(component, from: base.path) }
            try export.writeIndex(inferenceStepCount: 25, guidanceScale: 5)
        case .fineTuning(let fineTuning):
            if let lora = fineTuning.lora {
                try export.write(
                    adapters: weights.unet + weights.textEncoder,
                    scale: lora.alpha / Double(lora.rank)
                )
                return
            }
            try export.copyModel(from: base.path, except: ["unet", "text_encoder"])
            try export.write(training.unet.configuration, weights.unet)
            if fineTuning.trainsTextEncoder {
                try export.write(training.textEncoder.configuration, weights.textEncoder)
            } else {
                try export.copy("text_encoder", from: base.path)
            }
        }
    }

    private func load() throws -> Loaded {
        if let loaded { return loaded }
        let autoencoder = try base.loadAutoencoder()
        let key = try WeightsHash.sha256(ofComponent: "vae", of: base.path)
        try training.useTextStates(
            key: WeightsHash.sha256(ofComponent: "text_encoder", of: base.path),
            path: "\(data.run)/text-states.safetensors"
        )
        let result = Loaded(
            images: try latents(of: data, autoencoder, key: key),
            prior: try prior.map { try latents(of: $0, autoencoder, key: key) }
        )
        loaded = result
        return result
    }

    private func latents(of data: TrainingData, _ autoencoder: AutoencoderKL, key: String) throws
        -> LatentImages
    {
        let images = try data.images(.train)
        let pixels = try data.pixels(of: images, .train, side: side(autoencoder))
        return LatentImages(
            images: images,
            latents: try LatentCache(
                pixels,
                autoencoder: autoencoder,
                key: key,
                path: "\(data.run)/\(data.prefix)latents.safetensors"
            ),
            sampler: data.sampler(images, power: training.settings.classBalance)
        )
    }

    /// Width and height of the images.
    private func side(_ autoencoder: AutoencoderKL) -> Int {
        switch kind {
        case .scratch: return autoencoder.configuration.sampleSize
        case .fineTuning(let fineTuning) where fineTuning.side > 0: return fineTuning.side
        case .fineTuning:
            let own = training.unet.configuration.sampleSize
                .map { $0 * autoencoder.downsamplingFactor }
            return own ?? autoencoder.configuration.sampleSize
        }
    }
}
