import Glibc

/// Fits repainted pixels to what surrounds them.
///
/// A model's picture differs a little in tone from the source also where it should be equal. That
/// difference, known outside of the mask, is continued smoothly into it and added there: the solution
/// of Laplace's equation of Pérez, Gangnet and Blake 2003 ("seamless cloning" in its membrane form).
/// Pixels outside of the mask are the source's.
public enum SeamlessBlend {
    /// Puts a repainted picture into its source.
    ///
    /// - Parameters:
    ///   - painted: the model's picture, 16 bits; also where the mask keeps the source.
    ///   - source: the picture before, of the same layout.
    ///   - mask: what is taken from `painted`; it keeps at least one pixel.
    ///   - easing: pixels inside of the mask over which the picture passes from the source, continued
    ///     smoothly, to what is painted; 0 passes at once.
    /// - Returns: the source outside of the mask, the fitted picture inside.
    /// - Throws: `ImagingError.mismatch` or `.invalidBitDepth`.
    public static func blend(
        _ painted: PixelImage,
        into source: PixelImage,
        where mask: PixelMask,
        easing: Double = 0
    ) throws(ImagingError) -> PixelImage {
        guard painted.layout == source.layout, mask.width == source.width,
            mask.height == source.height
        else { throw .mismatch(painted.layout, source.layout) }
        guard case .uint16(let new) = painted.samples, case .uint16(var samples) = source.samples
        else { throw .invalidBitDepth(painted.bitDepth) }
        let count = source.channelCount
        let weights = sourceWeights(mask, easing: easing)
        for channel in 0..<count {
            var field = MembraneField(mask: mask) { pixel in
                let index = pixel * count + channel
                return Float(samples[index]) - Float(new[index])
            }
            field.solve()
            var continuation = weights.map { _ in
                MembraneField(mask: mask) { Float(samples[$0 * count + channel]) }
            }
            continuation?.solve()
            for (pixel, isRepainted) in mask.isRepainted.enumerated() where isRepainted {
                let index = pixel * count + channel
                var fitted = Float(new[index]) + field.values[pixel]
                if let weights, let continuation {
                    fitted += weights[pixel] * (continuation.values[pixel] - fitted)
                }
                samples[index] = UInt16(min(max(fitted.rounded(), 0), 65_535))
            }
        }
        return PixelImage(
            trusted: .uint16(samples),
            width: source.width,
            height: source.height,
            channelCount: count
        )
    }

    /// How much of the source's continuation each pixel takes: 1 beside the source, 0 from `easing`
    /// pixels on; nil where that is nothing.
    private static func sourceWeights(_ mask: PixelMask, easing: Double) -> [Float]? {
        guard easing > 0 else { return nil }
        return PixelMask.distances(to: mask.isRepainted.map { !$0 }, width: mask.width).map {
            Float(0.5 + 0.5 * cos(.pi * min($0 / easing, 1)))
        }
    }
}

extension SeamlessBlend {
    /// A picture with its surroundings continued smoothly into a mask, in 16 bits: nothing is left of what
    /// was there.
    ///
    /// - Throws: `ImagingError.mismatch` where the sizes differ.
    public static func filled(
        _ picture: PixelImage,
        where mask: PixelMask
    ) throws(ImagingError) -> PixelImage {
        let empty = try PixelImage(
            width: picture.width,
            height: picture.height,
            channelCount: picture.channelCount,
            bitDepth: 16
        )
        return try blend(empty, into: picture.convertedTo16Bit(), where: mask)
    }
}

/// Values known outside of a mask and harmonic inside of it; nothing flows over the picture's edges.
///
/// Solved from coarse to fine: each level starts from the level of half its size and is relaxed.
package struct MembraneField {
    /// Row by row.
    package private(set) var values: [Float]
    private let isFree: [Bool]
    private let width: Int
    private let height: Int

    init(mask: PixelMask, known: (_ pixel: Int) -> Float) {
        self.init(
            values: mask.isRepainted.enumerated().map { $1 ? 0 : known($0) },
            isFree: mask.isRepainted,
            width: mask.width,
            height: mask.height
        )
    }

    /// Takes a field whose free values are still to be found.
    package init(values: [Float], isFree: [Bool], width: Int, height: Int) {
        self.values = values
        self.isFree = isFree
        self.width = width
        self.height = height
    }

    /// Finds the free values.
    package mutating func solve() {
        guard isFree.contains(true), isFree.contains(false) else { return }
        if width > 1 || height > 1 {
            var coarse = halved()
            coarse.solve()
            for y in 0..<height {
                for x in 0..<width where isFree[y * width + x] {
                    values[y * width + x] = coarse.values[y / 2 * coarse.width + x / 2]
                }
            }
        }
        for _ in 0..<Self.sweepCount { relax() }
    }

    private static let sweepCount = 40

    /// The field at half the size; a block is known where any of its values is, as their mean.
    private func halved() -> MembraneField {
        let (newWidth, newHeight) = ((width + 1) / 2, (height + 1) / 2)
        var sums = [Float](repeating: 0, count: newWidth * newHeight)
        var counts = sums
        for y in 0..<height {
            for x in 0..<width where !isFree[y * width + x] {
                sums[y / 2 * newWidth + x / 2] += values[y * width + x]
                counts[y / 2 * newWidth + x / 2] += 1
            }
        }
        return MembraneField(
            values: zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 },
            isFree: counts.map { $0 == 0 },
            width: newWidth,
            height: newHeight
        )
    }

    /// One sweep of Gauss and Seidel: every free value becomes the mean of its neighbours.
    private mutating func relax() {
        for y in 0..<height {
            for x in 0..<width where isFree[y * width + x] {
                let index = y * width + x
                var (sum, count) = (Float(0), Float(0))
                if x > 0 { (sum, count) = (sum + values[index - 1], count + 1) }
                if x + 1 < width { (sum, count) = (sum + values[index + 1], count + 1) }
                if y > 0 { (sum, count) = (sum + values[index - width], count + 1) }
                if y + 1 < height { (sum, count) = (sum + values[index + width], count + 1) }
                values[index] = sum / count
            }
        }
    }
}
