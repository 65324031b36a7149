import Foundation
public import Imaging

/// What can be said of an image file without looking at what it shows.
///
/// These are the things by which a reader, or a program, could tell real from synthetic files without any
/// radiology: size, compression, the ends of the histogram, the border, and how much fine detail there is.
public struct FormatFeatures: Sendable, Equatable {
    /// The features' values, in the order of their names.
    public let values: [Double]

    /// The names of the features of a file as it came.
    public static let fileNames = ["width", "height", "bytes per pixel", "JPEG", "bits", "colour"]
    /// The names of the features of pixels.
    public static let pixelNames = [
        "share of black", "share of white", "grey levels in use", "border mean", "border spread",
        "border darker than inside", "fine detail", "block edges",
    ]

    /// Measures a file as it came: size and encoding, then its pixels.
    ///
    /// - Parameters:
    ///   - image: the decoded file, at least 3 pixels a side.
    ///   - format: the file's format.
    ///   - byteCount: the file's size.
    public init(original image: PixelImage, format: ImageFormat, byteCount: Int) {
        let pixelCount = Double(image.width * image.height)
        values =
            [
                log2(Double(image.width)), log2(Double(image.height)),
                log2(Double(byteCount) / pixelCount), format == .jpeg ? 1 : 0,
                Double(image.bitDepth), Double(image.channelCount),
            ] + Self.pixels(of: image)
    }

    /// Measures a matched image: how well it compresses, then its pixels.
    ///
    /// - Parameters:
    ///   - image: the image in the study's format.
    ///   - byteCount: the size of its PNG.
    public init(matched image: PixelImage, byteCount: Int) {
        values =
            [log2(Double(byteCount) / Double(image.width * image.height))]
            + Self.pixels(of: image)
    }

    /// The names that go with `init(original:format:byteCount:)`.
    public static var originalNames: [String] { fileNames + pixelNames }
    /// The names that go with `init(matched:byteCount:)`.
    public static var matchedNames: [String] { ["bytes per pixel"] + pixelNames }

    private static func pixels(of image: PixelImage) -> [Double] {
        let grey = image.convertedToGrey().convertedTo8Bit()
        let samples = grey.byteSamples
        let (width, height) = (grey.width, grey.height)
        var counts = [Int](repeating: 0, count: 256)
        for sample in samples { counts[Int(sample)] += 1 }
        let total = Double(samples.count)
        let border = borderSamples(samples, width, height)
        let mean = samples.reduce(0) { $0 + Double($1) } / total
        let borderMean = border.reduce(0, +) / Double(border.count)
        let borderSquare =
            border.reduce(0) { $0 + ($1 - borderMean) * ($1 - borderMean) } / Double(border.count)
        return [
            Double(counts[0]) / total, Double(counts[255]) / total,
            Double(counts.count { $0 > 0 }) / 256,
            borderMean / 255, borderSquare.squareRoot() / 255, (mean - borderMean) / 255,
            fineDetail(samples, width, height), blockEdges(samples, width, height),
        ]
    }

    /// The outermost rows and columns.
    private static func borderSamples(_ samples: [UInt8], _ width: Int, _ height: Int) -> [Double] {
        samples.indices.filter { index in
            let (x, y) = (index % width, index / width)
            return x == 0 || y == 0 || x == width - 1 || y == height - 1
        }.map { Double(samples[$0]) }
    }

    /// The logarithm of the Laplacian's energy by the image's variance.
    private static func fineDetail(_ samples: [UInt8], _ width: Int, _ height: Int) -> Double {
        guard width > 2, height > 2 else { return 0 }
        var energy = 0.0
        for y in 1..<height - 1 {
            for x in 1..<width - 1 {
                let i = y * width + x
                let around =
                    Int(samples[i - 1]) + Int(samples[i + 1]) + Int(samples[i - width])
                    + Int(samples[i + width])
                let laplacian = Double(4 * Int(samples[i]) - around)
                energy += laplacian * laplacian
            }
        }
        let total = Double(samples.count)
        let mean = samples.reduce(0) { $0 + Double($1) } / total
        let variance =
            samples.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / total
        return log2((energy / total + 1e-3) / (variance + 1e-3))
    }

    /// How much larger steps are across the 8 x 8 grid of JPEG than within it; 0 where they are alike.
    private static func blockEdges(_ samples: [UInt8], _ width: Int, _ height: Int) -> Double {
        var across = (sum: 0.0, count: 0.0)
        var within = (sum: 0.0, count: 0.0)
        for y in 0..<height {
            for x in 1..<max(width, 1) {
                let step = abs(Double(samples[y * width + x]) - Double(samples[y * width + x - 1]))
                if x % 8 == 0 {
                    across = (across.sum + step, across.count + 1)
                } else {
                    within = (within.sum + step, within.count + 1)
                }
            }
        }
        guard across.count > 0, within.count > 0 else { return 0 }
        return log2((across.sum / across.count + 0.1) / (within.sum / within.count + 0.1))
    }
}
