import Models
import Tensors
import Training

/// Trains UNet and text encoder from nothing.
final class DiffusionJob: TrainingJob {
    let columns = ["loss", "gradient"]
    var state: TrainingState { training.state }
    private let training: DiffusionTraining
    private let configuration: DiffusionTraining.Configuration
    private let base: ModelFolder
    private let data: TrainingData
    private var loaded: Loaded?

    private typealias Loaded = (
        images: [LabelledImage], latents: LatentCache, sampler: BalancedSampler
    )

    init(
        _ configuration: DiffusionTraining.Configuration,
        base: String,
        data: TrainingData
    ) throws {
        self.configuration = configuration
        self.base = try ModelFolder(path: base)
        self.data = data
        training = try DiffusionTraining(configuration, tokenizer: self.base.loadTokenizer())
    }

    func step() throws -> [Double] {
        let (images, latents, sampler) = try images()
        return try training.step(images, latents: latents, sampler)
    }

    func saveProducts() throws {
        try loaded?.latents.save()
        try export(into: "\(data.run)/model")
    }

    /// Writes the whole model, with the autoencoder and the tokenizer of the base.
    func export(into folder: String) throws {
        let export = try ModelExport(folder: folder)
        let weights = training.averagedWeights
        try export.write(configuration.unet, weights.unet)
        try export.write(configuration.textEncoder, weights.textEncoder)
        try export.write(DiffusionTraining.noise)
        for component in ["vae", "tokenizer"] { try export.copy(component, from: base.path) }
        try export.writeIndex(inferenceStepCount: 25, guidanceScale: 5)
    }

    private func images() throws -> Loaded {
        if let loaded { return loaded }
        let images = try data.images(.train)
        let autoencoder = try base.loadAutoencoder()
        let pixels = try data.pixels(
            of: images,
            .train,
            side: autoencoder.configuration.sampleSize
        )
        let result: Loaded = (
            images: images,
            latents: try LatentCache(
                pixels,
                autoencoder: autoencoder,
                key: WeightsHash.sha256(ofComponent: "vae", of: base.path),
                path: "\(data.run)/latents.safetensors"
            ),
            sampler: data.sampler(images, power: training.settings.classBalance)
        )
        loaded = result
        return result
    }
}
