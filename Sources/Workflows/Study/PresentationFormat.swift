public import Imaging

/// The one format in which a study shows all images, so that nothing but their content differs.
///
/// An image becomes one grey channel, is cut to its central square, resampled to `side` in 16 bits,
/// windowed from a low to a high percentile of its own samples to 8 bits, and encoded as PNG without
/// metadata. The window is taken after resampling, so that the same share of samples lies at
/// either end whatever the image's size was.
public struct PresentationFormat: Sendable, Equatable {
    /// Columns and rows.
    public let side: Int
    /// The percentile that becomes black.
    public let lowPercentile: Double
    /// The percentile that becomes white.
    public let highPercentile: Double

    /// The largest side that is chosen without being asked for.
    public static let largestDefaultSide = 1024
    /// The largest side at all.
    public static let largestSide = 4096
    /// The smallest side on which anything can be judged.
    public static let smallestSide = 32

    /// Creates a format.
    public init(side: Int, lowPercentile: Double = 0.5, highPercentile: Double = 99.5) {
        self.side = side
        self.lowPercentile = lowPercentile
        self.highPercentile = highPercentile
    }

    /// The format in which no image is enlarged, which would blur it more than others.
    ///
    /// - Parameter sizes: width and height of every image, at least one.
    /// - Returns: the format whose side is the shortest of all, within bounds.
    public static func fitting(_ sizes: [(width: Int, height: Int)]) -> PresentationFormat {
        let shortest = sizes.map { min($0.width, $0.height) }.min() ?? largestDefaultSide
        return PresentationFormat(side: max(smallestSide, min(largestDefaultSide, shortest)))
    }

    /// The image in this format: 8-bit grey, `side` x `side`.
    ///
    /// - Throws: `ImagingError.invalidSize` for a side under 1. An image of one value becomes black.
    public func matched(_ image: PixelImage) throws(ImagingError) -> PixelImage {
        let shorter = min(image.width, image.height)
        let square = PixelRectangle(
            x: (image.width - shorter) / 2,
            y: (image.height - shorter) / 2,
            width: shorter,
            height: shorter
        )
        let resampled = try image.cropped(to: square).convertedToGrey().convertedTo16Bit()
            .resized(width: side, height: side, filter: .bicubic)
        guard case .uint16(let samples) = resampled.samples else { return resampled }
        return try PixelImage(width: side, height: side, grey: windowed(samples))
    }

    /// Maps the window's ends to 0 and 255, rounding to the nearest level.
    private func windowed(_ samples: [UInt16]) -> [UInt8] {
        var counts = [Int](repeating: 0, count: 65_536)
        for sample in samples { counts[Int(sample)] += 1 }
        let low = Self.sample(at: lowPercentile, counts, total: samples.count)
        let high = Self.sample(at: highPercentile, counts, total: samples.count)
        guard high > low else { return [UInt8](repeating: 0, count: samples.count) }
        let width = high - low
        return samples.map { sample in
            let offset = min(max(Int(sample) - low, 0), width)
            return UInt8((offset * 255 + width / 2) / width)
        }
    }

    /// The smallest sample that at least `percentile` percent of all samples do not exceed.
    private static func sample(at percentile: Double, _ counts: [Int], total: Int) -> Int {
        let rank = max(1, Int((percentile / 100 * Double(total)).rounded(.up)))
        var below = 0
        for (sample, count) in counts.enumerated() {
            below += count
            if below >= rank { return sample }
        }
        return counts.count - 1
    }
}
