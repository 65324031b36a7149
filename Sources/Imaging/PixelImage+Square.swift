extension PixelImage {
    /// The central square as 8-bit grey, resampled to `side` x `side`.
    ///
    /// - Throws: `ImagingError.invalidSize` for a side under 1.
    public func squareGrey(side: Int) throws(ImagingError) -> PixelImage {
        let shorter = min(width, height)
        let square = PixelRectangle(
            x: (width - shorter) / 2,
            y: (height - shorter) / 2,
            width: shorter,
            height: shorter
        )
        return try cropped(to: square).convertedToGrey().convertedTo8Bit()
            .resized(width: side, height: side, filter: .bicubic)
    }

    /// The samples of an 8-bit image; nothing for one of 16 bits.
    public var byteSamples: [UInt8] {
        guard case .uint8(let values) = samples else { return [] }
        return values
    }
}
