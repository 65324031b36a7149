extension PixelMask {
    /// A mask read from a picture, with what is uncertain about it.
    public struct Reading: Sendable, Hashable {
        /// The mask.
        public let mask: PixelMask
        /// Pixels that are neither black nor white, or neither clear nor opaque.
        public let ambiguousCount: Int
    }

    /// Reads a mask from a picture: white is repainted; with an alpha channel, what is transparent.
    ///
    /// The threshold is half of the full scale: a pixel counts as white from 128 of 255 (32768 of
    /// 65535) on, and as transparent below that. Colours count by their luma.
    /// - Parameter image: of any layout.
    /// - Returns: the mask, of the picture's size.
    public static func reading(_ image: PixelImage) -> Reading {
        let values: PixelImage
        if image.hasAlpha, let alpha = try? image.channel(image.channelCount - 1) {
            values = alpha
        } else {
            values = image.convertedToGrey()
        }
        let flags: [Bool]
        let ambiguousCount: Int
        switch values.samples {
        case .uint8(let samples):
            flags = samples.map { ($0 >= 0x80) != image.hasAlpha }
            ambiguousCount = samples.count { $0 != 0 && $0 != .max }
        case .uint16(let samples):
            flags = samples.map { ($0 >= 0x8000) != image.hasAlpha }
            ambiguousCount = samples.count { $0 != 0 && $0 != .max }
        }
        let mask = PixelMask(trusted: flags, width: image.width, height: image.height)
        return Reading(mask: mask, ambiguousCount: ambiguousCount)
    }

    /// The mask as a picture: 255 where it is repainted, 0 elsewhere.
    public var image: PixelImage {
        PixelImage(
            trusted: .uint8(bytes),
            width: width,
            height: height,
            channelCount: 1
        )
    }

    /// One byte a pixel, 255 where it is repainted and 0 elsewhere; the mask's hash is theirs.
    public var bytes: [UInt8] { isRepainted.map { $0 ? 255 : 0 } }
}
