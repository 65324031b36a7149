public import Evaluation
import Foundation
import Imaging
import Models
import Pipelines
import Tensors
import Training

extension EvaluateModel {
    /// How near generated pictures come to training images, beside held-out real images.
    ///
    /// - Parameters:
    ///   - prompts: shared out evenly over the pictures; seeds count up from 0.
    ///   - sampleCount: how many pictures, and how many held-out images, at least 1.
    ///   - data: a folder of sets with a manifest.csv each.
    ///   - sheet: a PNG file for the nearest pairs (generated, training); nil draws none.
    /// - Returns: quantiles of both kinds of distance.
    /// - Throws: an error that `FailureKind` sorts.
    public func memorization(
        prompts: [String],
        sampleCount: Int,
        data: String,
        sheet: String? = nil
    ) async throws -> MemorizationReport {
        guard sampleCount > 0 else { throw WorkflowError.imageCount(sampleCount) }
        guard !prompts.isEmpty else { throw WorkflowError.noPrompts }
        // What is wrong with the data is told before anything is drawn.
        let real = try realImages(data)
        let engine = try engine()
        let count = (sampleCount + prompts.count - 1) / prompts.count
        var generated: [PixelImage] = []
        for prompt in prompts {
            generated += try await pictures(engine, [prompt], count: count)
            note("generated \(generated.count) of \(count * prompts.count)")
        }
        return try memorization(of: generated, from: model, beside: real, sheet: sheet)
    }

    /// How near the pictures in a folder come to training images, beside as many held-out real images.
    ///
    /// - Parameters:
    ///   - folder: PNG or JPEG files.
    ///   - data: a folder of sets with a manifest.csv each.
    ///   - sheet: a PNG file for the nearest pairs (generated, training); nil draws none.
    /// - Returns: quantiles of both kinds of distance.
    /// - Throws: an error that `FailureKind` sorts.
    public func memorization(
        inFolder folder: String,
        data: String,
        sheet: String? = nil
    ) throws -> MemorizationReport {
        let files = try PictureFiles.names(in: folder)
        guard !files.isEmpty else { throw EvaluationFailure.noImageFiles(folder: folder) }
        let generated = try files.map { try PixelImage.read(path: "\(folder)/\($0)") }
        return try memorization(of: generated, from: folder, beside: realImages(data), sheet: sheet)
    }

    /// The files of real images.
    private typealias RealImages = (training: [String], tests: [String])

    private func realImages(_ data: String) throws -> RealImages {
        func paths(_ split: LabelledImage.Split) throws -> [String] {
            try imagesByClass(data, split).flatMap(\.1).map(\.path)
        }
        return try (paths(.train), paths(.test))
    }

    private func memorization(
        of generated: [PixelImage],
        from name: String,
        beside real: RealImages,
        sheet: String?
    ) throws -> MemorizationReport {
        let (training, tests) = real
        let spacing = max(tests.count / generated.count, 1)
        let heldOut = stride(from: 0, to: tests.count, by: spacing).prefix(generated.count)
            .map { tests[$0] }
        let classifier = try classifier()
        let trainingPixels = try pixels(of: training)
        let (queries, controls) = try (RegionRecognition.pixels(of: generated), pixels(of: heldOut))
        func rows(_ pixels: Tensor) throws -> Tensor {
            try withTorchErrors { pixels.flattened(from: 1).to(.float32) }
        }
        func features(_ pixels: Tensor) throws -> Tensor {
            try RegionRecognition(pixels: pixels, by: classifier).features
        }
        let (rowReferences, featureReferences) = try (
            rows(trainingPixels), features(trainingPixels)
        )
        let nearest = try NearestNeighbors(rootMeanSquare: rows(queries), among: rowReferences)
        let controlNearest = try NearestNeighbors(
            rootMeanSquare: rows(controls),
            among: rowReferences
        )
        let alike = try NearestNeighbors(cosine: features(queries), among: featureReferences)
        let controlAlike = try NearestNeighbors(
            cosine: features(controls),
            among: featureReferences
        )
        if let sheet {
            let closest = nearest.distances.indices
                .sorted { nearest.distances[$0] < nearest.distances[$1] }.prefix(24)
            let cells = try closest.flatMap { index in
                let found = try PixelImage.read(path: training[nearest.indices[index]])
                let distance = String(format: "RMSE %.1f", nearest.distances[index])
                return [
                    ContactSheet.Cell(
                        image: try generated[index].squareGrey(side: 128),
                        caption: "generated"
                    ),
                    ContactSheet.Cell(image: try found.squareGrey(side: 128), caption: distance),
                ]
            }
            try ContactSheet(cells: cells, columnCount: 8).image().writePNG(to: sheet)
        }
        return MemorizationReport(
            model: name,
            entries: [
                .init("pixels (RMSE at 64x64, 0-255)", nearest, controlNearest),
                .init("features (cosine distance)", alike, controlAlike),
            ]
        )
    }

    /// Files as the classifier sees them, `[N, 1, 64, 64]`.
    private func pixels(of paths: [String]) throws -> Tensor {
        let side = RegionClassifier.side
        var bytes: [UInt8] = []
        bytes.reserveCapacity(paths.count * side * side)
        for (index, path) in paths.enumerated() {
            bytes += try PixelImage.read(path: path).squareGrey(side: side).byteSamples
            if (index + 1) % 4_000 == 0 { note("read \(index + 1) of \(paths.count) images") }
        }
        return Tensor(bytes, [paths.count, 1, side, side])
    }
}

/// How near generated pictures and held-out images are to the training images.
public struct MemorizationReport: Sendable, Encodable {
    /// One kind of distance.
    public struct Entry: Sendable, Encodable {
        /// The distance and its unit.
        public let distance: String
        /// Quantiles of the generated pictures' distances, by `MemorizationReport.shares`.
        public let generated: [Double]
        /// The same of the held-out images.
        public let heldOut: [Double]
        /// Generated pictures nearer than the first percentile of held-out images.
        public let suspicious: Proportion

        init(_ distance: String, _ generated: NearestNeighbors, _ heldOut: NearestNeighbors) {
            self.distance = distance
            let (found, control) = (
                Distribution(generated.distances), Distribution(heldOut.distances)
            )
            self.generated = MemorizationReport.shares.map(found.quantile)
            self.heldOut = MemorizationReport.shares.map(control.quantile)
            let limit = control.quantile(0.01)
            suspicious = Proportion(
                count: generated.distances.count { $0 < limit },
                total: generated.distances.count
            )
        }
    }

    /// The shares of which quantiles are given.
    public static let shares = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95]

    /// The model's name.
    public let model: String
    /// The kinds of distance.
    public let entries: [Entry]

    /// A table to read.
    public var text: String {
        func row(_ name: String, _ values: [Double]) -> String {
            name.padding(toLength: 12, withPad: " ", startingAt: 0)
                + values.map { String(format: "%11.4g", $0) }.joined() + "\n"
        }
        return entries.map { entry in
            let interval = entry.suspicious.wilsonInterval
            return "Distance to the nearest training image: \(entry.distance)\n"
                + row("quantile", Self.shares) + row("generated", entry.generated)
                + row("held out", entry.heldOut)
                + String(
                    format: "%d of %d generated are nearer than the first percentile of held-out "
                        + "images (95 %% interval %.1f-%.1f %%)\n",
                    entry.suspicious.count,
                    entry.suspicious.total,
                    100 * interval.lowerBound,
                    100 * interval.upperBound
                )
        }.joined(separator: "\n")
    }
}
