import Imaging
import Models
import Pipelines
import Tensors
import Training

/// Trains an autoencoder from nothing.
final class AutoencoderJob: TrainingJob {
    let columns = ["loss", "error", "divergence", "gradient"]
    var validation: ValidationSettings { training.configuration.validation }
    var state: TrainingState { training.state }
    private let training: AutoencoderTraining
    private let data: TrainingData
    private var loaded: (pixels: TrainingImages, sampler: BalancedSampler)?

    init(_ configuration: AutoencoderTraining.Configuration, data: TrainingData) throws {
        training = try AutoencoderTraining(configuration)
        self.data = data
    }

    func step() throws -> [Double] {
        let (pixels, sampler) = try images()
        return try training.step(pixels, sampler)
    }

    func saveProducts() throws {}

    /// The mean absolute error (0...2) of images kept for tests, and pairs of image and reproduction.
    func validate() throws -> Validation {
        let images = try data.testImages(validation.lossImageCount)
        guard !images.isEmpty else { return Validation(loss: nil, pictures: []) }
        let pixels = try data.pixels(
            of: images,
            .test,
            side: training.configuration.model.sampleSize
        )
        var pictures: [(name: String, picture: PixelImage)] = []
        let errors = try withTorchErrors {
            try state.withAveragedWeights {
                try images.indices.map { index in
                    let image = pixels.batch(Tensor([index], [1]))
                    let output = training.model.decode(training.model.encode(image).mean)
                    if index < validation.pictureCount {
                        let pair = Tensor.concatenated([image, output], axis: 3)
                        pictures.append((images[index].prompt, try PixelImage(decoded: pair)))
                    }
                    return (output - image).abs().mean().item()
                }
            }
        }
        return Validation(
            loss: errors.reduce(0, +) / Double(errors.count),
            pictures: pictures
        )
    }

    /// Writes `vae/` with the scaling factor measured on the images.
    func export(into folder: String) throws {
        var configuration = training.configuration.model
        let pixels = try images().pixels
        configuration.scalingFactor = try state.withAveragedWeights {
            try Self.scalingFactor(of: training.model, on: pixels)
        }
        let export = try ModelExport(folder: folder)
        try export.write(configuration, state.averagedWeights)
        try export.writeIndex(inferenceStepCount: 25, guidanceScale: 5)
        data.report("scaling factor \(configuration.scalingFactor)")
    }

    private func images() throws -> (pixels: TrainingImages, sampler: BalancedSampler) {
        if let loaded { return loaded }
        let images = try data.trainingImages()
        let result = (
            pixels: try data.pixels(
                of: images,
                .train,
                side: training.configuration.model.sampleSize
            ),
            sampler: data.sampler(images, power: 0.4)
        )
        loaded = result
        return result
    }

    /// 1 / standard deviation of the latents of 256 images spread over the set.
    private static func scalingFactor(
        of autoencoder: AutoencoderKL,
        on images: TrainingImages
    ) throws -> Double {
        try withTorchErrors {
            var (sum, squares, count) = (0.0, 0.0, 0.0)
            for index in stride(from: 0, to: images.count, by: max(images.count / 256, 1)) {
                let mean = autoencoder.encode(images.batch(Tensor([index], [1]))).mean
                sum += mean.sum().item()
                squares += mean.squared().sum().item()
                count += Double(mean.elementCount)
            }
            let mean = sum / count
            return 1 / (squares / count - mean * mean).squareRoot()
        }
    }
}
