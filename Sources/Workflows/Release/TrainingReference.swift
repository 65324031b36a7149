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
/// Two distances, each of an image as it is or mirrored, whichever is nearer: of the pixels at 64x64 whatever their
/// brightness, which finds copies, and of the features of a region classifier, which finds what was shifted a little. Each
/// set has thresholds of its own, since its images may all be much alike: the first percentiles of the distances of its
/// held-out images. Below that of the set with the nearest training image an image is suspicious.
struct TrainingReference {
    /// The share of held-out images that are nearer to a training image than the threshold.
    static let heldOutShare = 0.01

    private let names: [String]
    private let sets: [String]
    private let description: String
    private let images: ComparedImages
    private let pixelThresholds: DistanceThresholds
    private let featureThresholds: DistanceThresholds

    /// Reads the training and the held-out images of a folder of sets with a manifest.csv each.
    ///
    /// - Throws: `EvaluationFailure`, `ManifestError`, `ImagingError` or `TorchError`.
    init(data: String, classifier: RegionClassifier, note: (String) -> Void) throws {
        let listed = try ImageManifest.all(under: data).flatMap { manifest in
            manifest.images.map { (set: manifest.name, image: $0) }
        }
        func split(_ split: LabelledImage.Split) throws -> (sets: [String], paths: [String]) {
            let part = listed.filter { $0.image.split == split }
            guard !part.isEmpty else {
                throw EvaluationFailure.noImages(folder: data, split: split.rawValue)
            }
            return (part.map { $0.set }, part.map { $0.image.path })
        }
        let (training, heldOut) = try (split(.train), split(.test))
        sets = training.sets
        let root = URL(filePath: data).standardizedFileURL.path + "/"
        names = training.paths.map { $0.hasPrefix(root) ? String($0.dropFirst(root.count)) : $0 }
        let squares = try ComparedImages.squares(ofFiles: training.paths, note)
        description = Self.description(of: names, try squares.bytes(), in: Set(sets).count)
        images = try ComparedImages(squares, by: classifier)
        let (near, alike) = try images.nearest(
            to: ComparedImages.squares(ofFiles: heldOut.paths, note)
        )
        let share = Self.heldOutShare
        pixelThresholds = DistanceThresholds(near.distances, of: heldOut.sets, share: share)
        featureThresholds = DistanceThresholds(alike.distances, of: heldOut.sets, share: share)
    }

    /// Compares images; of both distances that one counts which is nearer to its threshold, or farther below it.
    ///
    /// - Throws: `ImagingError` or `TorchError`.
    func checks(of images: [PixelImage]) throws -> [MemorizationCheck] {
        let (near, alike) = try self.images.nearest(to: RegionRecognition.pixels(of: images))
        return images.indices.map { index in
            let byPixels = check(ComparedImages.pixelMeasure, near, index, pixelThresholds)
            let byFeatures = check(ComparedImages.featureMeasure, alike, index, featureThresholds)
            let isFeature =
                byFeatures.distance * byPixels.threshold < byPixels.distance * byFeatures.threshold
            return isFeature ? byFeatures : byPixels
        }
    }

    private func check(
        _ measure: String,
        _ neighbors: NearestNeighbors,
        _ index: Int,
        _ thresholds: DistanceThresholds
    ) -> MemorizationCheck {
        let nearest = neighbors.indices[index]
        return MemorizationCheck(
            measure: measure,
            nearest: names[nearest],
            distance: neighbors.distances[index],
            threshold: thresholds[sets[nearest]],
            trainingData: description
        )
    }

    /// How many images it was, and the hash of their names and of what they show.
    private static func description(
        of names: [String],
        _ bytes: [UInt8],
        in setCount: Int
    ) -> String {
        var hash = SHA256()
        hash.update(data: Data(names.joined(separator: "\n").utf8))
        hash.update(data: bytes)
        let digits = hash.finalize().prefix(8).map { String(format: "%02x", $0) }.joined()
        return "\(names.count) images of \(setCount) sets, hash \(digits)"
    }
}
