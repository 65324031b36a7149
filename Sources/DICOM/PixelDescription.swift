/// How the samples of an image are stored (PS3.3 C.7.6.3, Image Pixel module).
public struct PixelDescription: Sendable, Hashable {
    /// What samples mean (PS3.3 C.7.6.3.1.2).
    public enum PhotometricInterpretation: String, Sendable, CaseIterable {
        /// Grey, the smallest value white.
        case monochrome1 = "MONOCHROME1"
        /// Grey, the smallest value black.
        case monochrome2 = "MONOCHROME2"
        /// Indices into a table of colours.
        case paletteColor = "PALETTE COLOR"
        /// Red, green and blue.
        case rgb = "RGB"
        /// Luminance and two chrominances.
        case ybrFull = "YBR_FULL"
        /// The same, chrominances at half the columns.
        case ybrFull422 = "YBR_FULL_422"

        /// Whether one sample a pixel is a shade of grey.
        public var isGrey: Bool { self == .monochrome1 || self == .monochrome2 }
    }

    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int
    /// Samples per pixel, 1 or 3.
    public var channelCount: Int
    /// What samples mean once decompressed.
    public var photometricInterpretation: PhotometricInterpretation
    /// Bits that a sample takes, 8 or 16.
    public var bitsAllocated: Int
    /// Bits of a sample that are used.
    public var bitsStored: Int
    /// The place of the most significant of them.
    public var highBit: Int
    /// Whether samples are two's complement.
    public var isSigned: Bool

    /// The smallest and the largest value that can be stored.
    public var storableRange: ClosedRange<Int> {
        isSigned
            ? -(1 << (bitsStored - 1))...(1 << (bitsStored - 1)) - 1 : 0...(1 << bitsStored) - 1
    }

    /// Reads the Image Pixel module.
    init(_ item: Item) throws(DICOMError) {
        func integer(_ tag: DICOMTag, _ name: String) throws(DICOMError) -> Int {
            guard let value = item.integer(tag) else { throw .missing(tag, name: name) }
            return value
        }
        width = try integer(.columns, "Columns")
        height = try integer(.rows, "Rows")
        channelCount = item.integer(.samplesPerPixel) ?? 1
        bitsAllocated = try integer(.bitsAllocated, "Bits Allocated")
        bitsStored = item.integer(.bitsStored) ?? bitsAllocated
        highBit = item.integer(.highBit) ?? bitsStored - 1
        isSigned = item.integer(.pixelRepresentation) == 1
        let name = item.text(.photometricInterpretation) ?? "MONOCHROME2"
        photometricInterpretation = try Self.interpretation(name)
        try validate()
    }

    static func interpretation(
        _ name: String
    ) throws(DICOMError) -> PhotometricInterpretation {
        switch name {
        case "YBR_RCT", "YBR_ICT": return .rgb  // the decoder undoes the transform
        default:
            guard let known = PhotometricInterpretation(rawValue: name) else {
                throw .unsupported(
                    .photometricInterpretation,
                    name: "Photometric Interpretation",
                    found: name,
                    expected: PhotometricInterpretation.allCases.map(\.rawValue)
                        .joined(separator: ", ")
                )
            }
            return known
        }
    }

    private func validate() throws(DICOMError) {
        guard width > 0, height > 0 else {
            throw .unsupported(
                .rows,
                name: "Rows and Columns",
                found: "\(height) and \(width)",
                expected: "1 or more"
            )
        }
        guard bitsAllocated == 8 || bitsAllocated == 16 else {
            throw .unsupported(
                .bitsAllocated,
                name: "Bits Allocated",
                found: "\(bitsAllocated)",
                expected: "8 and 16"
            )
        }
        guard (1...bitsAllocated).contains(bitsStored) else {
            throw .unsupported(
                .bitsStored,
                name: "Bits Stored",
                found: "\(bitsStored)",
                expected: "1 to \(bitsAllocated)"
            )
        }
        guard (bitsStored - 1..<bitsAllocated).contains(highBit) else {
            throw .unsupported(
                .highBit,
                name: "High Bit",
                found: "\(highBit)",
                expected: "\(bitsStored - 1) to \(bitsAllocated - 1)"
            )
        }
        let isColor =
            !photometricInterpretation.isGrey && photometricInterpretation != .paletteColor
        guard channelCount == (isColor ? 3 : 1) else {
            throw .unsupported(
                .samplesPerPixel,
                name: "Samples per Pixel",
                found: "\(channelCount) with \(photometricInterpretation.rawValue)",
                expected: isColor ? "3" : "1"
            )
        }
    }
}
