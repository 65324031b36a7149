import DICOM
import Imaging

extension EditablePixels {
    /// Takes the stored values of a DICOM image, grey or RGB.
    ///
    /// - Throws: `EditError.colorModel` for other colours, or `ImagingError`.
    init(_ image: DICOMImage) throws {
        let description = image.description
        let interpretation = description.photometricInterpretation
        guard interpretation.isGrey || interpretation == .rgb else {
            throw EditError.colorModel(interpretation.rawValue)
        }
        let range = description.storableRange
        try self.init(
            width: description.width,
            height: description.height,
            channelCount: description.channelCount,
            values: image.stored.map { Int32($0) },
            allowed: Int32(range.lowerBound)...Int32(range.upperBound),
            display: interpretation.isGrey
                ? DisplayRange(image)
                : DisplayRange(low: range.lowerBound, high: range.upperBound)
        )
    }

    /// The values as a DICOM image of that description stores them.
    func stored(as description: PixelDescription) throws(DICOMError) -> StoredPixels {
        try StoredPixels(
            description.isSigned
                ? .signed(values.map { Int16(truncatingIfNeeded: $0) })
                : .unsigned(values.map { UInt16(truncatingIfNeeded: $0) }),
            description
        )
    }
}

extension DisplayRange {
    /// The part of the stored values that a grey image shows between black and white.
    ///
    /// The first window or table of the file counts, or else the range of its values. Between the ends,
    /// curves and tables are taken as lines: an edit leaves what lies outside of its mask alone anyway.
    init(_ image: DICOMImage) {
        let window = image.voiTransforms.first ?? image.fullRange
        let range = image.description.storableRange
        let brightness = range.map { window(image.modalityTransform($0)) }
        // Where the rescale slope is negative, brightness falls.
        let isRising = (brightness.last ?? 1) >= (brightness.first ?? 0)
        let rising = isRising ? brightness : brightness.reversed()
        let dark = rising.lastIndex { $0 <= Self.imperceptible } ?? 0
        let bright = rising.firstIndex { $0 >= 1 - Self.imperceptible } ?? rising.count - 1
        let (first, last) =
            isRising
            ? (dark, bright) : (brightness.count - 1 - bright, brightness.count - 1 - dark)
        let isMonochrome1 = image.description.photometricInterpretation == .monochrome1
        self.init(
            low: range.lowerBound + first,
            high: range.lowerBound + last,
            isInverted: isMonochrome1 == isRising
        )
    }

    /// Half a level of 8 bits: curves only come near to black and white.
    private static let imperceptible = 0.5 / 255
}
