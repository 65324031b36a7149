import Evaluation
import Foundation
import Models
import Tensors
import Training

/// Trains the classifier that `EvaluateModel` looks through, and tests it on the images kept for that.
public struct TrainRegionClassifier {
    private let data: String
    private let run: String
    private let label: ClassifierLabel
    private let report: (String) -> Void

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - data: a folder of sets with a manifest.csv each.
    ///   - run: the run's folder; the classifier is written to `model` in it.
    ///   - label: what it tells apart; images of no class are left out.
    ///   - report: takes lines of progress.
    public init(
        data: String,
        run: String,
        label: ClassifierLabel = .region,
        report: @escaping (String) -> Void
    ) {
        self.data = data
        self.run = run
        self.label = label
        self.report = report
    }

    /// Trains on the images of the split `train`; a few minutes on two cores.
    ///
    /// - Returns: how the classifier does on the split `test`.
    /// - Throws: whatever the data or the file system are at fault for.
    public func callAsFunction() throws -> ClassifierReport {
        try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
        let configuration = RegionClassifierTraining.Configuration()
        let (pixels, classes) = try images(.train)
        let training = try RegionClassifierTraining(configuration, images: pixels, classes: classes)
        let stepCount = configuration.optimization.stepCount
        let log = try TrainingLog(
            path: run + "/log.csv",
            columns: ["loss", "accuracy", "gradient"],
            firstStep: 0,
            optimization: configuration.optimization
        )
        while training.state.step < stepCount {
            try log.record(step: training.state.step + 1, training.step())
        }
        try RegionClassifier.write(
            classNames: training.model.classNames,
            weights: training.state.averagedWeights,
            to: run + "/model"
        )
        report("the classifier is in \(run)/model")
        return try test(classifierFolder: run + "/model")
    }

    /// Tests a classifier on the images of the split `test`.
    ///
    /// - Throws: whatever the classifier's files or the data are at fault for.
    public func test(classifierFolder: String) throws -> ClassifierReport {
        try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
        let classifier = try RegionClassifier.load(folder: classifierFolder)
        let (pixels, classes) = try images(.test)
        let seen = try RegionRecognition(pixels: pixels.pixels, by: classifier)
        var matrix = ConfusionMatrix(classCount: classifier.classNames.count)
        for (name, prediction) in zip(classes, seen.classIndices) {
            guard let truth = classifier.classNames.firstIndex(of: name) else { continue }
            matrix.record(truth: truth, prediction: prediction)
        }
        return ClassifierReport(classNames: classifier.classNames, matrix: matrix)
    }

    private func images(_ split: LabelledImage.Split) throws -> (TrainingImages, [String]) {
        var (images, classes): ([LabelledImage], [String]) = ([], [])
        for image in try ImageManifest.all(under: data).flatMap(\.images)
        where image.split == split {
            guard let name = label.className(of: image) else { continue }
            images.append(image)
            classes.append(name)
        }
        guard !images.isEmpty else {
            throw EvaluationFailure.noImages(folder: data, split: split.rawValue)
        }
        let pixels = try TrainingImages(
            paths: images.map(\.path),
            side: RegionClassifier.side,
            cache: "\(run)/images-\(split.rawValue).safetensors"
        ) { count in
            if count % 4_000 == 0 { report("read \(count) of \(images.count) images") }
        }
        return (pixels, classes)
    }
}
