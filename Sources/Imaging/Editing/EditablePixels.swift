/// A picture's values as its file stores them, and how they are shown.
///
/// An edit sees what is shown, in 16 bits, and changes the stored values inside a mask; the others are
/// never computed anew.
public struct EditablePixels: Sendable, Hashable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Samples a pixel: grey, grey and alpha, RGB, or RGB and alpha.
    public let channelCount: Int
    /// The stored values; index `(y * width + x) * channelCount + channel`.
    public private(set) var values: [Int32]
    /// The values that can be stored.
    public let allowed: ClosedRange<Int32>
    /// How the values are shown.
    public let display: DisplayRange

    /// Takes stored values, signed or not.
    ///
    /// - Throws: `ImagingError` as for a `PixelImage`.
    public init(
        width: Int,
        height: Int,
        channelCount: Int = 1,
        values: [Int32],
        allowed: ClosedRange<Int32>,
        display: DisplayRange
    ) throws(ImagingError) {
        let expected = try PixelImage.sampleCount(width, height, channelCount)
        guard values.count == expected else {
            throw .sampleCount(found: values.count, expected: expected)
        }
        self.width = width
        self.height = height
        self.channelCount = channelCount
        self.values = values
        self.allowed = allowed
        self.display = display
    }

    /// Takes a picture from a PNG or JPEG file.
    ///
    /// 8-bit values are shown as they are. 16-bit files often use a part of their range only, so their
    /// least value is shown black and their greatest white.
    public init(_ image: PixelImage) {
        width = image.width
        height = image.height
        channelCount = image.channelCount
        allowed = 0...Int32(image.maximumSample)
        switch image.samples {
        case .uint8(let samples):
            values = samples.map(Int32.init)
            display = DisplayRange(low: 0, high: 255)
        case .uint16(let samples):
            values = samples.map(Int32.init)
            let (step, colors) = (image.channelCount, image.channelCount - (image.hasAlpha ? 1 : 0))
            var (low, high) = (UInt16.max, UInt16.min)
            for pixel in stride(from: 0, to: samples.count, by: step) {
                for sample in samples[pixel..<pixel + colors] {
                    (low, high) = (min(low, sample), max(high, sample))
                }
            }
            display = DisplayRange(low: Int(low), high: Int(high))
        }
    }

    /// Whether the last channel is alpha.
    public var hasAlpha: Bool { channelCount == 2 || channelCount == 4 }

    /// Samples a pixel that are shown, 1 or 3.
    var colorCount: Int { channelCount - (hasAlpha ? 1 : 0) }

    /// Whether every pixel is grey, in one channel or in three equal ones.
    public var isGrey: Bool {
        guard colorCount == 3 else { return true }
        return stride(from: 0, to: values.count, by: channelCount).allSatisfy { pixel in
            let red = values[pixel]
            return values[pixel + 1] == red && values[pixel + 2] == red
        }
    }

    /// What is shown: 16 bits, grey or RGB, without alpha.
    public var shown: PixelImage {
        var samples: [UInt16] = []
        samples.reserveCapacity(width * height * colorCount)
        for pixel in stride(from: 0, to: values.count, by: channelCount) {
            for value in values[pixel..<pixel + colorCount] {
                samples.append(display.shown(Int(value)))
            }
        }
        return PixelImage(
            trusted: .uint16(samples),
            width: width,
            height: height,
            channelCount: colorCount
        )
    }

    /// The same values on a larger canvas, the rest of which has the lowest value.
    ///
    /// - Parameters:
    ///   - newWidth: columns of the canvas.
    ///   - newHeight: rows of the canvas.
    ///   - x: the column of this picture's corner.
    ///   - y: the row of this picture's corner.
    /// - Returns: the larger picture.
    /// - Throws: `ImagingError.outOfBounds` where this picture does not fit there.
    public func enlarged(
        width newWidth: Int,
        height newHeight: Int,
        x: Int,
        y: Int
    ) throws(ImagingError) -> EditablePixels {
        let place = PixelRectangle(x: x, y: y, width: width, height: height)
        guard place.fits(width: newWidth, height: newHeight) else {
            throw .outOfBounds(place, width: newWidth, height: newHeight)
        }
        let count = try PixelImage.sampleCount(newWidth, newHeight, channelCount)
        var result = try EditablePixels(
            width: newWidth,
            height: newHeight,
            channelCount: channelCount,
            values: Array(repeating: allowed.lowerBound, count: count),
            allowed: allowed,
            display: display
        )
        let rowCount = width * channelCount
        for row in 0..<height {
            let target = ((y + row) * newWidth + x) * channelCount
            result.values.replaceSubrange(
                target..<target + rowCount,
                with: values[row * rowCount..<(row + 1) * rowCount]
            )
        }
        return result
    }

    /// Stores a shown picture inside a mask, and makes the picture opaque there.
    ///
    /// - Parameters:
    ///   - picture: what is to be shown, of the same size and of any layout; grey pictures stay grey.
    ///   - mask: the pixels that may change.
    /// - Throws: `ImagingError.mismatch` or `.maskSize` where the sizes differ.
    public mutating func show(_ picture: PixelImage, in mask: PixelMask) throws(ImagingError) {
        guard picture.width == width, picture.height == height else {
            throw .mismatch(picture.layout, shown.layout)
        }
        guard mask.width == width, mask.height == height else {
            throw .maskSize(
                width: mask.width,
                height: mask.height,
                expectedWidth: width,
                expectedHeight: height
            )
        }
        let wide = picture.convertedTo16Bit()
        let new = isGrey ? wide.convertedToGrey() : wide.convertedToRGB()
        guard case .uint16(let samples) = new.samples else { return }
        for (index, isRepainted) in mask.isRepainted.enumerated() where isRepainted {
            let pixel = index * channelCount
            for color in 0..<colorCount {
                let sample = samples[new.channelCount == 1 ? index : index * 3 + color]
                let stored = Int32(clamping: display.stored(sample))
                values[pixel + color] = min(max(stored, allowed.lowerBound), allowed.upperBound)
            }
            if hasAlpha { values[pixel + colorCount] = allowed.upperBound }
        }
    }

    /// The stored values as a picture of 8 or 16 bits, for values that such a picture can hold.
    ///
    /// - Throws: `ImagingError.invalidBitDepth` for values outside 0...65535.
    public func image() throws(ImagingError) -> PixelImage {
        let samples: PixelImage.Samples
        switch allowed {
        case 0...255: samples = .uint8(values.map(UInt8.init(truncatingIfNeeded:)))
        case 0...65_535: samples = .uint16(values.map(UInt16.init(truncatingIfNeeded:)))
        default: throw .invalidBitDepth(32 - allowed.upperBound.leadingZeroBitCount)
        }
        return PixelImage(
            trusted: samples,
            width: width,
            height: height,
            channelCount: channelCount
        )
    }
}
