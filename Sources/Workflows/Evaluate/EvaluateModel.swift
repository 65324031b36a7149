import Evaluation
import Foundation
import Imaging
import Models
import Pipelines
import Tensors
import Training

/// Measures a model: whether its pictures are recognised, how well its autoencoder reproduces images, and
/// whether it repeats its training images.
public struct EvaluateModel {
    let model: String
    let classifierFolder: String?
    let dtype: GenerateImages.NumberType
    let device: GenerateImages.Processor
    let locator: ModelLocator
    let note: @Sendable (String) -> Void

    /// Prepares to measure.
    ///
    /// - Parameters:
    ///   - model: the name of a model, or its folder's path.
    ///   - classifierFolder: the folder of a `RegionClassifier`; nil takes the one beside the pretrained models.
    ///   - dtype: the type of numbers that the model computes with; the classifier always takes float32.
    ///   - device: the kind of device that the model computes on.
    ///   - locator: finds the model.
    ///   - note: takes lines of progress.
    public init(
        model: String,
        classifierFolder: String? = nil,
        dtype: GenerateImages.NumberType = .float32,
        device: GenerateImages.Processor = .cpu,
        locator: ModelLocator = ModelLocator(),
        note: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.model = model
        self.classifierFolder = classifierFolder
        self.dtype = dtype
        self.device = device
        self.locator = locator
        self.note = note
    }

    /// How many pictures of each prompt are recognised as what it asks for.
    ///
    /// - Parameters:
    ///   - prompts: each with a modality and a region that the classifier knows.
    ///   - imageCount: pictures a prompt, at least 1; their seeds count up from 0.
    /// - Returns: counts by prompt or class.
    /// - Throws: an error that `FailureKind` sorts.
    public func recognition(prompts: [String], imageCount: Int) async throws -> RecognitionReport {
        guard imageCount > 0 else { throw WorkflowError.imageCount(imageCount) }
        let classNames = try classifier().classNames
        let classes = try prompts.map { prompt in
            guard let name = PromptRegion.className(in: prompt, of: classNames) else {
                throw EvaluationFailure.unknownRegion(prompt: prompt, classNames: classNames)
            }
            return name
        }
        let engine = try engine()
        var entries: [RecognitionReport.Entry] = []
        for (prompt, name) in zip(prompts, classes) {
            let images = try await pictures(engine, [prompt], count: imageCount)
            let seen = try names(in: images)
            entries.append(
                RecognitionReport.Entry(
                    prompt: prompt,
                    expected: name,
                    recognized: Proportion(count: seen.count { $0 == name }, total: seen.count),
                    seen: seen
                )
            )
            note("\(prompt): \(seen.count { $0 == name }) of \(seen.count)")
        }
        return RecognitionReport(model: engine.modelName, entries: entries)
    }

    /// How many pictures in a folder are recognised.
    ///
    /// - Parameter folder: PNG files that carry their prompt, as `generate` writes them, or PNG and JPEG files whose
    ///   names hold a prompt's words.
    /// - Returns: counts by prompt, or by class where pictures carry none.
    /// - Throws: an error that `FailureKind` sorts.
    public func recognition(inFolder folder: String) throws -> RecognitionReport {
        let classNames = try classifier().classNames
        let files = try PictureFiles.names(in: folder)
        let named = files.compactMap { file -> (file: String, prompt: String, name: String)? in
            // What is wrong with a file is told when its pixels are read.
            let prompt = (try? Provenance(readingPNG: "\(folder)/\(file)"))?.prompt
            guard let name = PromptRegion.className(in: prompt ?? file, of: classNames) else {
                return nil
            }
            return (file, prompt ?? "files named for \(name)", name)
        }
        guard !named.isEmpty else { throw EvaluationFailure.noPictures(folder: folder) }
        if named.count < files.count {
            note("\(files.count - named.count) of \(files.count) pictures ask for no known class")
        }
        let entries = try Dictionary(grouping: named, by: \.prompt).sorted { $0.key < $1.key }
            .map { prompt, group in
                let images = try group.map { try PixelImage.read(path: "\(folder)/\($0.file)") }
                let (seen, name) = (try names(in: images), group[0].name)
                return RecognitionReport.Entry(
                    prompt: prompt,
                    expected: name,
                    recognized: Proportion(count: seen.count { $0 == name }, total: seen.count),
                    seen: seen,
                    files: group.map(\.file)
                )
            }
        return RecognitionReport(model: folder, entries: entries)
    }

    // MARK: - Parts

    /// The model, ready to draw.
    func engine() throws -> TextToImageEngine {
        try device.prepare()
        return try TextToImageEngine(
            modelFolder: locator.folder(of: model),
            dtype: dtype.dtype,
            device: device.device
        )
    }

    func classifier() throws -> RegionClassifier {
        if let classifierFolder { return try RegionClassifier.load(folder: classifierFolder) }
        let places = locator.searchedFolders.map { "\($0)/region-classifier" }
        guard let folder = places.first(where: FileManager.default.fileExists(atPath:)) else {
            throw EvaluationFailure.noClassifier(searched: places)
        }
        return try RegionClassifier.load(folder: folder)
    }

    /// `count` pictures of each prompt with the seeds from 0 on and the model's defaults.
    func pictures(
        _ engine: TextToImageEngine,
        _ prompts: [String],
        count: Int
    ) async throws -> [PixelImage] {
        let defaults = engine.defaults
        let requests = prompts.flatMap { prompt in
            (0..<UInt64(count)).map { seed in
                TextToImageRequest(
                    prompt: prompt,
                    seed: seed,
                    inferenceStepCount: defaults.inferenceStepCount,
                    guidanceScale: defaults.guidanceScale,
                    width: defaults.width,
                    height: defaults.height
                )
            }
        }
        return try await engine.generate(requests)
    }

    private func names(in images: [PixelImage]) throws -> [String] {
        let classifier = try classifier()
        return try RegionRecognition(of: images, by: classifier).classIndices
            .map { classifier.classNames[$0] }
    }
}

extension GenerateImages.Processor {
    /// Makes GPUs usable where they are asked for, or says why they are not.
    func prepare() throws(WorkflowError) {
        guard self == .cuda else { return }
        do { try Device.loadCUDA() } catch { throw .noCUDA(reason: error.message) }
    }
}
