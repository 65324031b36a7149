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
    var validation: ValidationSettings { training.settings.validation }
    let training: DiffusionTraining
    let base: ModelFolder
    let data: TrainingData
    private let kind: Kind
    private let prior: TrainingData?
    private var images: DiffusionImages?

    /// Whether low-rank changes learn, and not the model's own weights.
    var isLowRank: Bool {
        if case .fineTuning(let fineTuning) = kind { fineTuning.lora != nil } else { false }
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
        let images = try load()
        return try training.step(images.train, prior: images.prior)
    }

    func saveProducts() throws {
        try images?.save()
        try training.saveTextStates()
        try export(into: "\(data.run)/model")
    }

    /// The loss on images kept for tests, and what the captions of some of them look like.
    func validate() throws -> Validation {
        let images = try load()
        return Validation(
            loss: try images.test.map { try training.validationLoss(on: $0, validation) },
            pictures: try pictures(of: Array(images.captions.prefix(validation.pictureCount)))
        )
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
            try export.writeIndex(
                inferenceStepCount: 25,
                guidanceScale: 5,
                guidanceStartTimestep: 900
            )
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

    private func load() throws -> DiffusionImages {
        if let images { return images }
        try training.useTextStates(
            key: WeightsHash.sha256(ofComponent: "text_encoder", of: base.path),
            path: "\(data.run)/text-states.safetensors"
        )
        let autoencoder = try base.loadAutoencoder()
        let images = try DiffusionImages(
            data,
            prior: prior,
            testCount: validation.interval > 0 ? validation.lossImageCount : 0,
            DiffusionImages.Plan(
                autoencoder: autoencoder,
                key: WeightsHash.sha256(ofComponent: "vae", of: base.path),
                side: side(),
                buckets: buckets(autoencoder),
                settings: training.settings
            )
        )
        self.images = images
        return images
    }

    private func buckets(_ autoencoder: AutoencoderKL) throws -> AspectBuckets? {
        guard case .fineTuning(let fineTuning) = kind, fineTuning.usesAspectBuckets else {
            return nil
        }
        // Sides that the UNet can halve as often as it does.
        let halvings = training.unet.configuration.blockOutChannels.count - 1
        return AspectBuckets(side: try side(), multiple: autoencoder.downsamplingFactor << halvings)
    }

    /// Width and height of square images in pixels.
    func side() throws -> Int {
        let autoencoder = try base.autoencoderConfiguration()
        switch kind {
        case .scratch: return autoencoder.sampleSize
        case .fineTuning(let fineTuning) where fineTuning.side > 0: return fineTuning.side
        case .fineTuning:
            let factor = 1 << max(autoencoder.blockOutChannels.count - 1, 0)
            return training.unet.configuration.sampleSize.map { $0 * factor }
                ?? autoencoder.sampleSize
        }
    }
}
