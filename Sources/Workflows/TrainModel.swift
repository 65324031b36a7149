import Foundation
import Imaging
import Models
import Tensors
public import Training

/// Trains a model from nothing on labelled images: first the autoencoder, then UNet and text encoder in its latents.
///
/// A run is a folder with `configuration.json`, `checkpoint.safetensors` and `log.csv`. Running again continues
/// where the checkpoint stands, bit for bit.
public struct TrainModel {
    private let data: String
    private let run: String
    private let report: (String) -> Void

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - data: a folder of sets with a manifest.csv each.
    ///   - run: the run's folder.
    ///   - report: takes lines of progress.
    public init(data: String, run: String, report: @escaping (String) -> Void) {
        self.data = data
        self.run = run
        self.report = report
    }

    /// Trains an autoencoder and writes it to `run`/model.
    ///
    /// - Throws: whatever the data, the settings or the file system are at fault for.
    public func autoencoder(_ configuration: AutoencoderTraining.Configuration) throws {
        try store(configuration)
        let images = try labelledImages(.train)
        let pixels = try pixels(of: images, "train", side: configuration.model.sampleSize)
        let training = try AutoencoderTraining(configuration)
        let sampler = sampler(images, power: 0.4)
        try loop(
            training.state,
            configuration.optimization,
            columns: ["loss", "error", "divergence", "gradient"],
            save: {}
        ) { try training.step(pixels, sampler) }
        var measured = configuration.model
        measured.scalingFactor = try training.state.withAveragedWeights {
            try Self.scalingFactor(of: training.model, on: pixels)
        }
        let export = try ModelExport(folder: run + "/model")
        try export.write(measured, training.state.averagedWeights)
        try export.writeIndex(inferenceStepCount: 25, guidanceScale: 5)
        report("scaling factor \(measured.scalingFactor); the model is in \(run)/model")
    }

    /// Trains UNet and text encoder and writes the whole model to `run`/model.
    ///
    /// - Parameters:
    ///   - configuration: the settings.
    ///   - base: a model folder with `vae/` and `tokenizer/`.
    ///   - stopAfter: seconds after which the run saves itself and ends before its last step.
    /// - Throws: whatever the data, the settings or the file system are at fault for.
    public func diffusion(
        _ configuration: DiffusionTraining.Configuration,
        base: String,
        stopAfter: Double? = nil
    ) throws {
        let folder = try ModelFolder(path: base)
        let autoencoder = try folder.loadAutoencoder()
        try store(configuration)
        let images = try labelledImages(.train)
        let pixels = try pixels(
            of: images,
            "train",
            side: autoencoder.configuration.sampleSize
        )
        let training = try DiffusionTraining(configuration, tokenizer: folder.loadTokenizer())
        let latents = try LatentCache(
            pixels,
            autoencoder: autoencoder,
            key: String(autoencoder.configuration.scalingFactor),
            path: run + "/latents.safetensors"
        )
        let sampler = sampler(images, power: configuration.classBalance)
        func export() throws {
            let export = try ModelExport(folder: run + "/model")
            let weights = training.averagedWeights
            try export.write(configuration.unet, weights.unet)
            try export.write(configuration.textEncoder, weights.textEncoder)
            try export.write(DiffusionTraining.noise)
            for component in ["vae", "tokenizer"] { try export.copy(component, from: base) }
            try export.writeIndex(inferenceStepCount: 25, guidanceScale: 5)
        }
        try loop(
            training.state,
            configuration.optimization,
            columns: ["loss", "gradient"],
            stopAfter: stopAfter,
            save: {
                try latents.save()
                try export()
            }
        ) { try training.step(images, latents: latents, sampler) }
        report("the model is in \(run)/model")
    }

    /// Trains an autoencoder with the settings in a JSON file.
    ///
    /// - Throws: as `autoencoder`, and what is wrong with the file.
    public func autoencoder(configurationFile: String) throws {
        try autoencoder(Self.configuration(in: configurationFile))
    }

    /// Trains UNet and text encoder with the settings in a JSON file; see `diffusion`.
    ///
    /// - Throws: as `diffusion`, and what is wrong with the file.
    public func diffusion(
        configurationFile: String,
        base: String,
        stopAfter: Double? = nil
    ) throws {
        try diffusion(
            Self.configuration(in: configurationFile),
            base: base,
            stopAfter: stopAfter
        )
    }

    private static func configuration<Value: Decodable>(in path: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    // MARK: - The loop

    private func loop(
        _ state: TrainingState,
        _ optimization: OptimizationConfiguration,
        columns: [String],
        stopAfter: Double? = nil,
        save: () throws -> Void,
        step: () throws -> [Double]
    ) throws {
        let checkpoint = run + "/checkpoint.safetensors"
        if FileManager.default.fileExists(atPath: checkpoint) {
            try state.load(from: checkpoint)
            report("continuing at step \(state.step)")
        }
        let log = try TrainingLog(
            path: run + "/log.csv",
            columns: columns,
            firstStep: state.step,
            totalSteps: optimization.stepCount,
            batchSize: optimization.batchSize
        )
        let start = Date()
        var lastSave = start
        while state.step < optimization.stepCount {
            try log.record(step: state.step + 1, step())
            let isOver = stopAfter.map { Date().timeIntervalSince(start) > $0 } ?? false
            let isDue = Date().timeIntervalSince(lastSave) > optimization.checkpointInterval
            if isDue || isOver || state.step == optimization.stepCount {
                try state.save(to: checkpoint)
                try save()
                lastSave = Date()
            }
            if isOver { break }
        }
    }

    private func store(_ configuration: some Encodable) throws {
        try FileManager.default.createDirectory(
            atPath: run,
            withIntermediateDirectories: true
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(configuration)
            .write(to: URL(fileURLWithPath: run + "/configuration.json"), options: .atomic)
    }

    // MARK: - Data

    private func labelledImages(_ split: LabelledImage.Split) throws -> [LabelledImage] {
        try ImageManifest.all(under: data).flatMap(\.images).filter { $0.split == split }
    }

    private func pixels(of images: [LabelledImage], _ name: String, side: Int) throws
        -> TrainingImages
    {
        try TrainingImages(
            paths: images.map(\.path),
            side: side,
            cache: run + "/images-\(name).safetensors"
        ) { count in
            if count % 2_000 == 0 { report("read \(count) of \(images.count) images") }
        }
    }

    private func sampler(_ images: [LabelledImage], power: Double) -> BalancedSampler {
        BalancedSampler(
            classes: images.map { "\($0.modality) \($0.anatomy) \($0.set)" },
            power: power
        )
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
