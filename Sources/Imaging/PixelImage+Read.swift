/// The channels in which a picture is wanted from a file.
public enum DecodedChannels: Sendable {
    /// As the file has them: grey, grey and alpha, RGB, or RGB and alpha.
    case stored
    /// One grey channel; a YCbCr JPEG gives its Y without a detour through RGB.
    case grey
}

extension PixelImage {
    /// Reads a PNG, JPEG or TIFF file, told by its first bytes.
    ///
    /// EXIF orientation is applied; colour profiles and gamma are ignored.
    /// - Throws: `ImagingError.inFile` around what was found, or a file error.
    public static func read(
        path: String,
        channels: DecodedChannels = .stored,
        limits: DecodingLimits = DecodingLimits()
    ) throws(ImagingError) -> PixelImage {
        try ImagingError.naming(path) { () throws(ImagingError) in
            try decode(File.read(path, limits: limits), channels: channels, limits: limits)
        }
    }

    /// Decodes the bytes of a PNG, JPEG or TIFF file.
    ///
    /// - Throws: `ImagingError`.
    public static func decode(
        _ bytes: [UInt8],
        channels: DecodedChannels = .stored,
        limits: DecodingLimits = DecodingLimits()
    ) throws(ImagingError) -> PixelImage {
        let image =
            switch ImageFormat(sniffing: bytes) {
            case .png: try PNGDecoder.image(in: bytes, limits: limits)
            case .jpeg: try JPEGDecoder.image(in: bytes, channels: channels, limits: limits)
            case .tiff: try TIFFDecoder.image(in: bytes, limits: limits)
            case nil: throw ImagingError.notAnImage(found: Array(bytes.prefix(8)))
            }
        return channels == .grey ? image.convertedToGrey() : image
    }
}
