/// The samples of one frame as they are stored: before any transformation, overlay bits removed.
public struct StoredPixels: Sendable, Hashable {
    /// Samples by pixel, channels interleaved.
    public enum Values: Sendable, Hashable {
        /// Pixel Representation 0.
        case unsigned([UInt16])
        /// Pixel Representation 1.
        case signed([Int16])

        /// The number of samples.
        public var count: Int {
            switch self {
            case .unsigned(let values): values.count
            case .signed(let values): values.count
            }
        }
    }

    /// How they are stored.
    public let description: PixelDescription
    /// The samples, `width * height * channelCount` of them.
    public let values: Values

    /// Takes samples that the description fits.
    ///
    /// - Throws: `DICOMError.mismatch` for another number of samples, the other signedness, or a
    ///   value that the stored bits cannot hold.
    public init(_ values: Values, _ description: PixelDescription) throws(DICOMError) {
        let expected = description.width * description.height * description.channelCount
        guard values.count == expected else {
            throw .mismatch(
                reason: "\(values.count) stored values given where the image has \(expected)"
            )
        }
        let extremes: (Int, Int)? =
            switch values {
            case .unsigned(let values): Self.extremes(values)
            case .signed(let values): Self.extremes(values)
            }
        guard description.isSigned == values.isSigned else {
            throw .mismatch(
                reason: "stored values are \(values.isSigned ? "signed" : "unsigned") where the "
                    + "image's are \(description.isSigned ? "signed" : "unsigned")"
            )
        }
        let range = description.storableRange
        if let (least, greatest) = extremes,
            !range.contains(least) || !range.contains(greatest)
        {
            throw .mismatch(
                reason: "stored values from \(least) to \(greatest) leave \(range.lowerBound) to "
                    + "\(range.upperBound), which \(description.bitsStored) bits can hold"
            )
        }
        self.init(trusted: values, description)
    }

    init(trusted values: Values, _ description: PixelDescription) {
        self.values = values
        self.description = description
    }

    /// Takes the bits of each sample out of its cell (PS3.5 8.1.1).
    init(bytes: [UInt8], _ description: PixelDescription) {
        let unusedBits = UInt16(16 - description.bitsStored)
        let lowBit = UInt16(description.highBit + 1 - description.bitsStored)
        // The used bits go to the top of a word and back, which also extends the sign.
        func unsigned(_ cell: UInt16) -> UInt16 { ((cell >> lowBit) << unusedBits) >> unusedBits }
        func signed(_ cell: UInt16) -> Int16 {
            Int16(bitPattern: (cell >> lowBit) << unusedBits) >> Int16(unusedBits)
        }
        let count = description.width * description.height * description.channelCount
        let isWide = description.bitsAllocated == 16
        let values: Values = bytes.withUnsafeBytes { buffer in
            func cell(_ index: Int) -> UInt16 {
                isWide
                    ? buffer.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
                    : UInt16(buffer[index])
            }
            return description.isSigned
                ? .signed((0..<count).map { signed(cell($0)) })
                : .unsigned((0..<count).map { unsigned(cell($0)) })
        }
        self.init(trusted: values, description)
    }

    /// The samples as cells of 16 bits at their place, for writing.
    var cells: [UInt16] {
        let lowBit = UInt16(description.highBit + 1 - description.bitsStored)
        let mask = UInt16(truncatingIfNeeded: (1 << description.bitsStored) - 1)
        return switch values {
        case .unsigned(let values): values.map { ($0 & mask) << lowBit }
        case .signed(let values): values.map { (UInt16(bitPattern: $0) & mask) << lowBit }
        }
    }

    /// One sample as a whole number.
    public subscript(index: Int) -> Int {
        switch values {
        case .unsigned(let values): Int(values[index])
        case .signed(let values): Int(values[index])
        }
    }

    /// Applies a function to every sample.
    public func map<Value>(_ transform: (Int) -> Value) -> [Value] {
        switch values {
        case .unsigned(let values): values.map { transform(Int($0)) }
        case .signed(let values): values.map { transform(Int($0)) }
        }
    }

    private static func extremes<Sample: FixedWidthInteger>(_ values: [Sample]) -> (Int, Int)? {
        guard let least = values.min(), let greatest = values.max() else { return nil }
        return (Int(least), Int(greatest))
    }
}

extension StoredPixels.Values {
    fileprivate var isSigned: Bool {
        if case .signed = self { true } else { false }
    }
}
