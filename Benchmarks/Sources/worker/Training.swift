import Foundation
import Models
import Tensors
import Training

/// One optimizer step: gradients, clipping, AdamW and the running average, on latents at hand.
struct TrainingTask {
    /// What is trained, and how many images a step sees.
    enum Kind: String {
        /// Changes of rank 8 in the UNet's attention, 1 image.
        case lora
        /// UNet and text encoder, 16 images.
        case scratch
    }

    private let training: DiffusionTraining
    private let images: LatentSet

    /// Begins a run whose latents and, where the text encoder does not learn, text states are known.
    init(_ kind: Kind, modelFolder: String, dtype: DType) throws {
        let base = try ModelFolder(path: modelFolder)
        switch kind {
        case .lora:
            var fineTuning = FineTuning.lowRank
            fineTuning.settings.optimization.accumulationCount = 1
            fineTuning.settings.optimization.dtype = dtype.description
            fineTuning.settings.captionDropout = 0
            training = try DiffusionTraining(fineTuning, base: base)
        case .scratch:
            var configuration = DiffusionTraining.Configuration(
                unet: try base.unetConfiguration(),
                textEncoder: try base.textEncoderConfiguration()
            )
            configuration.settings.optimization.batchSize = 16
            configuration.settings.optimization.dtype = dtype.description
            training = try DiffusionTraining(configuration, tokenizer: base.loadTokenizer())
        }
        images = try LatentSet([Self.image(base)])
    }

    func step() throws { _ = try training.step(images) }

    /// One image of noise, whose only latent is encoded here.
    private static func image(_ base: ModelFolder) throws -> LatentImages {
        let autoencoder = try base.loadAutoencoder(dtype: .float32)
        let side =
            (try base.unetConfiguration().sampleSize ?? 64) * autoencoder.downsamplingFactor
        let generator = Generator(seed: 5)
        let pixels = Tensor.randint(0..<256, [1, 1, side, side], generator: generator)
        let latents = try LatentCache(
            TrainingImages(pixels: pixels.to(.uint8), paths: ["noise"]),
            autoencoder: autoencoder,
            key: "",
            path: ""
        )
        _ = try latents.batch([(index: 0, isMirrored: false)])
        // Nothing is known of it, so that its caption is always the same.
        let image = LabelledImage(
            path: "noise",
            set: "noise",
            modality: "",
            anatomy: "",
            prompt: "A picture of noise"
        )
        return LatentImages(
            images: [image],
            latents: latents,
            sampler: BalancedSampler(classes: ["noise"])
        )
    }
}
