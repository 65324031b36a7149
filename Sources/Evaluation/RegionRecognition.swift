public import Imaging
public import Models
public import Tensors

/// What a `RegionClassifier` sees in pictures.
public struct RegionRecognition {
    /// The class that looks likeliest in each picture, a position in the classifier's list.
    public let classIndices: [Int]
    /// The probability of that class, 0...1.
    public let probabilities: [Double]
    /// The penultimate layer, `[N, features]`.
    public let features: Tensor

    /// Looks at pictures of any size, of which it sees the central square.
    ///
    /// - Throws: `ImagingError` or `TorchError`.
    public init(of images: [PixelImage], by classifier: RegionClassifier) throws {
        try self.init(pixels: Self.pixels(of: images), by: classifier)
    }

    /// Looks at pictures as bytes, `[N, 1, 64, 64]`, N at least 1.
    ///
    /// - Throws: `TorchError`.
    public init(pixels: Tensor, by classifier: RegionClassifier) throws {
        var (indices, probabilities, parts): ([Int], [Double], [Tensor]) = ([], [], [])
        features = try withTorchErrors {
            try withoutGradients {
                for start in stride(from: 0, to: pixels.size(0), by: 256) {
                    let end = min(start + 256, pixels.size(0))
                    let batch = pixels.sliced(0, from: start, to: end).to(.float32) / 127.5 - 1
                    let features = classifier.features(batch)
                    let scores = try classifier.logits(features: features).softmax(1).array()
                    let width = classifier.classNames.count
                    for row in 0..<(end - start) {
                        let values = scores[(row * width)..<((row + 1) * width)]
                        let best = values.indices.max { values[$0] < values[$1] }
                        indices.append((best ?? values.startIndex) - values.startIndex)
                        probabilities.append(Double(values.max() ?? .nan))
                    }
                    parts.append(features)
                }
                return Tensor.concatenated(parts, axis: 0)
            }
        }
        classIndices = indices
        self.probabilities = probabilities
    }

    /// Pictures as the classifier sees them, `[N, 1, 64, 64]`, `uint8`.
    ///
    /// - Throws: `ImagingError`.
    public static func pixels(of images: [PixelImage]) throws(ImagingError) -> Tensor {
        let side = RegionClassifier.side
        var bytes: [UInt8] = []
        for image in images { bytes += try image.squareGrey(side: side).byteSamples }
        return Tensor(bytes, [images.count, 1, side, side])
    }
}
