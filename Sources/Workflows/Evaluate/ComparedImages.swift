import Evaluation
import Imaging
import Models
import Tensors

/// Images as they are compared for memorization: their pixels at 64x64, of which brightness is taken away, and the features of
/// a region classifier.
struct ComparedImages {
    /// What the distance of pixels is, and its unit.
    static let pixelMeasure = "pixels (RMSE at 64x64 around their mean, 0-255)"
    /// What the distance of features is.
    static let featureMeasure = "features (cosine distance)"

    private let classifier: RegionClassifier
    /// `[N, 4096]`, each row's mean 0.
    private let pixels: Tensor
    private let features: Tensor

    /// Prepares images.
    ///
    /// - Parameters:
    ///   - squares: what the classifier sees, `[N, 1, 64, 64]`, 0 to 255.
    ///   - classifier: whose features count.
    /// - Throws: `TorchError`.
    init(_ squares: Tensor, by classifier: RegionClassifier) throws {
        self.classifier = classifier
        pixels = try withTorchErrors {
            let rows = squares.flattened(from: 1).to(.float32)
            return rows - rows.mean([1], keepsDimensions: true)
        }
        features = try RegionRecognition(pixels: squares, by: classifier).features
    }

    /// The nearest of these for each of other images, as it is or mirrored: training shows some images mirrored, and so may a
    /// copy be.
    ///
    /// - Throws: `TorchError`.
    func nearest(
        to squares: Tensor
    ) throws -> (byPixels: NearestNeighbors, byFeatures: NearestNeighbors) {
        let seen = try ComparedImages(squares, by: classifier)
        let mirrored = try ComparedImages(
            withTorchErrors { squares.flipped([3]) },
            by: classifier
        )
        return try (
            NearestNeighbors(rootMeanSquare: seen.pixels, among: pixels)
                .nearer(NearestNeighbors(rootMeanSquare: mirrored.pixels, among: pixels)),
            NearestNeighbors(cosine: seen.features, among: features)
                .nearer(NearestNeighbors(cosine: mirrored.features, among: features))
        )
    }
    /// Files as the classifier sees them, `[N, 1, 64, 64]`, `uint8`.
    ///
    /// - Throws: `ImagingError`.
    static func squares(
        ofFiles paths: [String],
        _ note: (String) -> Void
    ) throws(ImagingError) -> Tensor {
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
