extension PixelImage {
    /// The part of the image inside a rectangle.
    ///
    /// - Throws: `ImagingError.outOfBounds`.
    public func cropped(to rectangle: PixelRectangle) throws(ImagingError) -> PixelImage {
        guard rectangle.fits(width: width, height: height) else {
            throw .outOfBounds(rectangle, width: width, height: height)
        }
        var result = try PixelImage(
            width: rectangle.width,
            height: rectangle.height,
            channelCount: channelCount,
            bitDepth: bitDepth
        )
        result.copyRows(from: self, rectangle, x: 0, y: 0)
        return result
    }

    /// A rectangle that may leave the image; beyond its edges their pixels are repeated.
    ///
    /// - Throws: `ImagingError.invalidSize`.
    public func cropped(
        extendingEdgesTo rectangle: PixelRectangle
    ) throws(ImagingError) -> PixelImage {
        _ = try Self.sampleCount(rectangle.width, rectangle.height, channelCount)
        let columns = (rectangle.x..<rectangle.x + rectangle.width)
            .map { min(max($0, 0), width - 1) }
        let rows = (rectangle.y..<rectangle.y + rectangle.height)
            .map { min(max($0, 0), height - 1) }
        func picked<Sample>(_ values: [Sample]) -> [Sample] {
            rows.flatMap { row in
                columns.flatMap { column in
                    let start = (row * width + column) * channelCount
                    return values[start..<start + channelCount]
                }
            }
        }
        let samples: Samples =
            switch samples {
            case .uint8(let values): .uint8(picked(values))
            case .uint16(let values): .uint16(picked(values))
            }
        return PixelImage(
            trusted: samples,
            width: rectangle.width,
            height: rectangle.height,
            channelCount: channelCount
        )
    }

    /// The image with pixels of one value added around it.
    ///
    /// - Parameters:
    ///   - left: new columns before the first.
    ///   - top: new rows before the first.
    ///   - right: new columns after the last.
    ///   - bottom: new rows after the last.
    ///   - sample: the value of every channel of the new pixels, clamped to the bit depth.
    /// - Returns: the larger image, with this one at `left`, `top`.
    /// - Throws: `ImagingError.invalidPadding` or `.invalidSize`.
    public func padded(
        left: Int = 0,
        top: Int = 0,
        right: Int = 0,
        bottom: Int = 0,
        with sample: Int = 0
    ) throws(ImagingError) -> PixelImage {
        guard [left, top, right, bottom].allSatisfy({ (0...Int(Int32.max)).contains($0) }) else {
            throw .invalidPadding(left: left, top: top, right: right, bottom: bottom)
        }
        var result = try PixelImage(
            width: left + width + right,
            height: top + height + bottom,
            channelCount: channelCount,
            bitDepth: bitDepth,
            filledWith: sample
        )
        let all = PixelRectangle(x: 0, y: 0, width: width, height: height)
        result.copyRows(from: self, all, x: left, y: top)
        return result
    }

    /// Replaces the pixels under another image of the same channels and depth; nothing is blended.
    ///
    /// - Throws: `ImagingError.mismatch`, or `.outOfBounds` where the other image sticks out.
    public mutating func paste(_ other: PixelImage, x: Int, y: Int) throws(ImagingError) {
        guard hasSamePixels(as: other) else { throw .mismatch(layout, other.layout) }
        let place = PixelRectangle(x: x, y: y, width: other.width, height: other.height)
        guard place.fits(width: width, height: height) else {
            throw .outOfBounds(place, width: width, height: height)
        }
        let all = PixelRectangle(x: 0, y: 0, width: other.width, height: other.height)
        copyRows(from: other, all, x: x, y: y)
    }

    /// Makes an image of one value.
    ///
    /// - Parameters:
    ///   - width: columns, at least 1.
    ///   - height: rows, at least 1.
    ///   - channelCount: 1 to 4.
    ///   - bitDepth: 8 or 16.
    ///   - sample: the value of every channel, clamped to the bit depth.
    /// - Throws: `ImagingError.invalidSize`, `.invalidChannelCount` or `.invalidBitDepth`.
    public init(
        width: Int,
        height: Int,
        channelCount: Int,
        bitDepth: Int,
        filledWith sample: Int = 0
    ) throws(ImagingError) {
        let count = try Self.sampleCount(width, height, channelCount)
        let samples: Samples
        switch bitDepth {
        case 8: samples = .uint8(Array(repeating: UInt8(clamping: sample), count: count))
        case 16: samples = .uint16(Array(repeating: UInt16(clamping: sample), count: count))
        default: throw .invalidBitDepth(bitDepth)
        }
        self.init(trusted: samples, width: width, height: height, channelCount: channelCount)
    }

    /// Copies a rectangle of an image with the same pixels to a place that holds it.
    private mutating func copyRows(
        from other: PixelImage,
        _ rectangle: PixelRectangle,
        x: Int,
        y: Int
    ) {
        let rowCount = rectangle.width * channelCount
        for row in 0..<rectangle.height {
            let start =
                ((rectangle.y + row) * other.width + rectangle.x) * channelCount
            let source = start..<start + rowCount
            let target = ((y + row) * width + x) * channelCount
            let targets = target..<target + rowCount
            if case .uint8(let values) = other.samples {
                update {
                    $0.replaceSubrange(targets, with: values[source])
                } uint16: { _ in
                }
            } else if case .uint16(let values) = other.samples {
                update { _ in
                } uint16: {
                    $0.replaceSubrange(targets, with: values[source])
                }
            }
        }
    }
}
