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
    ///     smoothly and with the detail along its border, to what is painted; 0 passes at once.
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
        let known = samples
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
            let detail = weights.map { _ in
                MirroredDetail(mask: mask) { Float(known[$0 * count + channel]) }
            }
            for (pixel, isRepainted) in mask.isRepainted.enumerated() where isRepainted {
                let index = pixel * count + channel
                var fitted = Float(new[index]) + field.values[pixel]
                if let weights, weights[pixel] > 0, let continuation, let detail {
                    let source = continuation.values[pixel] + detail[pixel]
                    fitted += weights[pixel] * (source - fitted)
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
