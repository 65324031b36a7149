/// A raster image of 8- or 16-bit unsigned samples, rows from the top, channels interleaved.
///
/// Channel counts mean grey (1), grey and alpha (2), RGB (3), RGB and alpha (4). Alpha is straight
/// (not premultiplied). Sample values are display values; nothing here is colour managed.
public struct PixelImage: Sendable, Hashable {
    /// The samples at one of the two bit depths, `width * height * channelCount` of them.
    public enum Samples: Sendable, Hashable {
        /// Samples from 0 to 255.
        case uint8([UInt8])
        /// Samples from 0 to 65535.
        case uint16([UInt16])

        /// The number of samples.
        public var count: Int {
            switch self {
            case .uint8(let values): values.count
            case .uint16(let values): values.count
            }
        }
    }

    /// The size and kind of an image, without its samples.
    public struct Layout: Sendable, Hashable, CustomStringConvertible {
        /// Columns.
        public var width: Int
        /// Rows.
        public var height: Int
        /// Samples per pixel, 1 to 4.
        public var channelCount: Int
        /// Bits per sample, 8 or 16.
        public var bitDepth: Int

        /// Makes a layout.
        public init(width: Int, height: Int, channelCount: Int, bitDepth: Int) {
            self.width = width
            self.height = height
            self.channelCount = channelCount
            self.bitDepth = bitDepth
        }

        /// The layout in words, for instance "256x192 pixels of 8-bit RGB".
        public var description: String {
            let kinds = ["grey", "grey and alpha", "RGB", "RGB and alpha"]
            let kind =
                kinds.indices.contains(channelCount - 1) ? kinds[channelCount - 1] : "nothing"
            return "\(width)x\(height) pixels of \(bitDepth)-bit \(kind)"
        }
    }

    /// Columns, at least 1.
    public let width: Int
    /// Rows, at least 1.
    public let height: Int
    /// Samples per pixel, 1 to 4.
    public let channelCount: Int
    /// The samples; index `(y * width + x) * channelCount + channel`.
    public private(set) var samples: Samples

    /// Makes an image from samples.
    ///
    /// - Throws: `ImagingError.invalidSize`, `.invalidChannelCount`, or `.sampleCount` where the
    ///   number of samples is not `width * height * channelCount`.
    public init(
        width: Int,
        height: Int,
        channelCount: Int,
        samples: Samples
    ) throws(ImagingError) {
        let expected = try Self.sampleCount(width, height, channelCount)
        guard samples.count == expected else {
            throw .sampleCount(found: samples.count, expected: expected)
        }
        self.init(trusted: samples, width: width, height: height, channelCount: channelCount)
    }

    /// Makes a grey image from 8-bit samples.
    ///
    /// - Throws: as the designated initializer.
    public init(width: Int, height: Int, grey: [UInt8]) throws(ImagingError) {
        try self.init(width: width, height: height, channelCount: 1, samples: .uint8(grey))
    }

    /// Wraps samples whose count the caller has made right.
    init(trusted samples: Samples, width: Int, height: Int, channelCount: Int) {
        self.width = width
        self.height = height
        self.channelCount = channelCount
        self.samples = samples
    }

    /// Bits per sample, 8 or 16.
    public var bitDepth: Int {
        switch samples {
        case .uint8: 8
        case .uint16: 16
        }
    }

    /// The largest value a sample can take, 255 or 65535.
    public var maximumSample: Int { (1 << bitDepth) - 1 }

    /// Whether the last channel is alpha.
    public var hasAlpha: Bool { channelCount == 2 || channelCount == 4 }

    /// The bytes that the samples take in memory.
    public var byteCount: Int { samples.count * (bitDepth / 8) }

    /// The size and kind of the image.
    public var layout: Layout {
        Layout(width: width, height: height, channelCount: channelCount, bitDepth: bitDepth)
    }

    /// Whether a pixel of one image can be stored in the other.
    func hasSamePixels(as other: PixelImage) -> Bool {
        channelCount == other.channelCount && bitDepth == other.bitDepth
    }

    /// Runs work on the samples in place, whichever their depth.
    mutating func update(
        uint8: (inout [UInt8]) -> Void,
        uint16: (inout [UInt16]) -> Void
    ) {
        switch samples {
        case .uint8(var values):
            samples = .uint8([])  // leaves the array with a single owner: no copy
            uint8(&values)
            samples = .uint8(values)
        case .uint16(var values):
            samples = .uint16([])
            uint16(&values)
            samples = .uint16(values)
        }
    }

    /// Far above any radiograph, and low enough that a mistyped size is an error and not a crash.
    private static let maximumSampleCount = 1 << 31

    static func sampleCount(
        _ width: Int,
        _ height: Int,
        _ channelCount: Int
    ) throws(ImagingError) -> Int {
        guard (1...4).contains(channelCount) else { throw .invalidChannelCount(channelCount) }
        guard width > 0, height > 0 else { throw .invalidSize(width: width, height: height) }
        let (pixels, overflows) = width.multipliedReportingOverflow(by: height)
        let (count, overflowsToo) = pixels.multipliedReportingOverflow(by: channelCount)
        guard !overflows, !overflowsToo, count <= maximumSampleCount else {
            throw .invalidSize(width: width, height: height)
        }
        return count
    }
}
