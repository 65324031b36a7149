import Archive
import Crypto
import Evaluation
import Foundation
import Imaging
import Models
import Tensors
import Training

/// Training images as other images are compared with them, and how near held-out images of the same kind come.
///
/// Two distances: of the pixels at 64x64, which finds copies, and of the features of a region classifier, which finds what
/// was shifted or shaded a little. Below the first percentile of the held-out images' distances an image is suspicious.
struct TrainingReference {
    /// The share of held-out images that are nearer to a training image than the threshold.
    static let heldOutShare = 0.01

    private let names: [String]
    private let description: String
    private let classifier: RegionClassifier
    private let pixels: Tensor
    private let features: Tensor
    private let pixelThreshold: Double
    private let featureThreshold: Double

    /// Reads the training and the held-out images of a folder of sets with a manifest.csv each.
    ///
    /// - Throws: `EvaluationFailure`, `ManifestError`, `ImagingError` or `TorchError`.
    init(data: String, classifier: RegionClassifier, note: (String) -> Void) throws {
        self.classifier = classifier
        let images = try ImageManifest.all(under: data).flatMap(\.images)
        func paths(_ split: LabelledImage.Split) throws -> [String] {
            let paths = images.filter { $0.split == split }.map(\.path)
            guard !paths.isEmpty else {
                throw EvaluationFailure.noImages(folder: data, split: split.rawValue)
            }
            return paths
        }
        let (training, heldOut) = try (paths(.train), paths(.test))
        let root = URL(filePath: data).standardizedFileURL.path + "/"
        names = training.map { $0.hasPrefix(root) ? String($0.dropFirst(root.count)) : $0 }
        let digest = SHA256.hash(data: Data(names.joined(separator: "\n").utf8))
        let hash = digest.prefix(8).map { String(format: "%02x", $0) }.joined()
        description =
            "\(names.count) images of \(URL(filePath: data).lastPathComponent), names \(hash)"
        let references = try Self.bytes(of: training, note)
        pixels = try Self.rows(references)
        features = try RegionRecognition(pixels: references, by: classifier).features
        let controls = try Self.bytes(of: heldOut, note)
        let near = try NearestNeighbors(rootMeanSquare: Self.rows(controls), among: pixels)
        let alike = try NearestNeighbors(
            cosine: RegionRecognition(pixels: controls, by: classifier).features,
            among: features
        )
        pixelThreshold = Distribution(near.distances).quantile(Self.heldOutShare)
        featureThreshold = Distribution(alike.distances).quantile(Self.heldOutShare)
    }

    /// Compares images; of both distances that one counts which is nearer to its threshold, or farther below it.
    ///
    /// - Throws: `ImagingError` or `TorchError`.
    func checks(of images: [PixelImage]) throws -> [MemorizationCheck] {
        let bytes = try RegionRecognition.pixels(of: images)
        let near = try NearestNeighbors(rootMeanSquare: Self.rows(bytes), among: pixels)
        let alike = try NearestNeighbors(
            cosine: RegionRecognition(pixels: bytes, by: classifier).features,
            among: features
        )
        return images.indices.map { index in
            let byPixels = check("pixels (RMSE at 64x64, 0-255)", near, index, pixelThreshold)
            let byFeatures = check("features (cosine distance)", alike, index, featureThreshold)
            let isFeature =
                byFeatures.distance * pixelThreshold < byPixels.distance * featureThreshold
            return isFeature ? byFeatures : byPixels
        }
    }

    private func check(
        _ measure: String,
        _ neighbors: NearestNeighbors,
        _ index: Int,
        _ threshold: Double
    ) -> MemorizationCheck {
        MemorizationCheck(
            measure: measure,
            nearest: names[neighbors.indices[index]],
            distance: neighbors.distances[index],
            threshold: threshold,
            trainingData: description
        )
    }

    private static func rows(_ pixels: Tensor) throws -> Tensor {
        try withTorchErrors { pixels.flattened(from: 1).to(.float32) }
    }

    /// Files as the classifier sees them, `[N, 1, 64, 64]`.
    private static func bytes(of paths: [String], _ note: (String) -> Void) throws -> Tensor {
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
