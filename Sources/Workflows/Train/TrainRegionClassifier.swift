public import Evaluation
import Foundation
import Models
import Tensors
import Training

/// Trains the classifier that `EvaluateModel` looks through, and tests it on the images kept for that.
public struct TrainRegionClassifier {
    private let data: String
    private let run: String
    private let report: (String) -> Void

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - data: a folder of sets with a manifest.csv each.
    ///   - run: the run's folder; the classifier is written to `model` in it.
    ///   - report: takes lines of progress.
    public init(data: String, run: String, report: @escaping (String) -> Void) {
        self.data = data
        self.run = run
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
        let images = try ImageManifest.all(under: data).flatMap(\.images)
            .filter { $0.split == split }
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
        return (pixels, images.map(RegionClassifierTraining.className(of:)))
    }
}

/// How a classifier does on images that it was not trained on.
public struct ClassifierReport: Sendable, Encodable {
    /// One class.
    public struct Entry: Sendable, Encodable {
        /// The class, "modality anatomy".
        public let name: String
        /// The share of its images that were told right.
        public let recall: Proportion
        /// What its other images were taken for, and how often.
        public let mistakes: [String: Int]
    }

    /// The classes that occur.
    public let entries: [Entry]
    /// The share of all images that were told right.
    public let accuracy: Proportion
    /// The mean of the classes' recalls.
    public let balancedAccuracy: Double

    init(classNames: [String], matrix: ConfusionMatrix) {
        accuracy = matrix.accuracy
        balancedAccuracy = matrix.balancedAccuracy
        entries = classNames.indices.filter { matrix.recall($0).total > 0 }.map { truth in
            let mistakes = classNames.indices.filter { $0 != truth && matrix.counts[truth][$0] > 0 }
            return Entry(
                name: classNames[truth],
                recall: matrix.recall(truth),
                mistakes: Dictionary(
                    uniqueKeysWithValues: mistakes.map {
                        (classNames[$0], matrix.counts[truth][$0])
                    }
                )
            )
        }
    }

    /// A table to read.
    public var text: String {
        func row(_ name: String, _ share: Proportion, _ mistakes: [String: Int]) -> String {
            name.padding(toLength: 14, withPad: " ", startingAt: 0)
                + String(
                    format: "%5d of %5d  %6.2f %%",
                    share.count,
                    share.total,
                    100 * share.value
                )
                + mistakes.sorted { $0.key < $1.key }.map { "  \($0.value) \($0.key)" }.joined()
                + "\n"
        }
        return entries.map { row($0.name, $0.recall, $0.mistakes) }.joined()
            + row("all", accuracy, [:])
            + String(format: "balanced accuracy %.2f %%\n", 100 * balancedAccuracy)
    }
}
