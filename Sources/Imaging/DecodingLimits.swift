/// How large a picture may be; checked before any memory is taken for its pixels.
public struct DecodingLimits: Sendable, Hashable {
    /// The most pixels on either side.
    public var maximumSide: Int
    /// The most bytes of the file, and of the decoded samples with the decoder's working memory.
    public var maximumByteCount: Int

    /// Makes limits; the defaults admit 16,384 pixels a side and 512 MiB.
    public init(maximumSide: Int = 16_384, maximumByteCount: Int = 512 << 20) {
        self.maximumSide = maximumSide
        self.maximumByteCount = maximumByteCount
    }

    func check(width: Int, height: Int, bytesPerPixel: Int) throws(ImagingError) {
        guard width <= maximumSide, height <= maximumSide,
            // Divides rather than multiplies: nothing can overflow.
            width <= maximumByteCount / max(height, 1) / max(bytesPerPixel, 1)
        else { throw .tooLarge(width: width, height: height, limits: self) }
    }
}
