/// One frame of a DICOM image: stored values, and the two steps that make them visible.
public struct DICOMImage: Sendable, Hashable {
    /// The samples as stored.
    public let stored: StoredPixels
    /// From stored values to those of the modality.
    public let modalityTransform: ModalityTransform
    /// The windows and tables of the file, in its order of preference; none for colour.
    public let voiTransforms: [VOITransform]
    /// What the windows are called, as far as the file says.
    public let windowExplanations: [String]
    /// Height of a pixel over its width; 1 where nothing is stated.
    public let pixelAspect: Double
    /// Stored values that are padding outside the image.
    public let padding: ClosedRange<Int>?
    private let colors: ColorTable?

    /// How the samples are stored.
    public var description: PixelDescription { stored.description }

    init(_ stored: StoredPixels, _ item: Item, frame: Int) throws(DICOMError) {
        let description = stored.description
        let groups = FunctionalGroups(item, frame: frame)
        self.stored = stored
        let isGrey = description.photometricInterpretation.isGrey
        let modality =
            isGrey
            ? try ModalityTransform(item, frame: groups, isSigned: description.isSigned)
            : .identity
        modalityTransform = modality
        var choices: [VOITransform] = []
        while isGrey, choices.count < 64,
            let next = try VOITransform.read(
                item,
                frame: groups,
                choice: choices.count,
                isInputSigned: modality.isSigned(description)
            )
        {
            choices.append(next)
        }
        voiTransforms = choices
        windowExplanations = item.values(.windowExplanation)
        pixelAspect = Self.pixelAspect(item)
        padding = Self.padding(item, description)
        colors =
            description.photometricInterpretation == .paletteColor
            ? try ColorTable(item, isInputSigned: description.isSigned) : nil
    }

    /// The values in the units of the modality.
    ///
    /// - Throws: `DICOMError.mismatch` for a colour image, which has none.
    public func rescaled() throws(DICOMError) -> RescaledPixels {
        guard description.photometricInterpretation.isGrey else {
            throw .mismatch(reason: "a colour image has no values of a modality")
        }
        return RescaledPixels(stored, modalityTransform)
    }

    /// The line from the darkest to the brightest value that is no padding, for images that state
    /// no window.
    public var fullRange: VOITransform {
        var (least, greatest) = (Double.infinity, -Double.infinity)
        for index in 0..<stored.values.count where !(padding?.contains(stored[index]) ?? false) {
            let value = modalityTransform(stored[index])
            least = min(least, value)
            greatest = max(greatest, value)
        }
        return least <= greatest
            ? .range(black: least, white: greatest) : .range(black: 0, white: 1)
    }

    /// The red, green and blue of a stored palette value, 0 to 1.
    func paletteColor(_ value: Int) -> [Double] { colors?.color(value) ?? [] }

    /// PS3.3 C.7.6.3.1.7 and the spacings, which are row spacing first.
    private static func pixelAspect(_ item: Item) -> Double {
        let tags: [DICOMTag] = [
            .pixelAspectRatio, .pixelSpacing, .imagerPixelSpacing, .nominalScannedPixelSpacing,
        ]
        for tag in tags {
            let numbers = item.numbers(tag)
            guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0 else { continue }
            return numbers[0] / numbers[1]
        }
        return 1
    }

    /// PS3.3 C.7.5.1.1.2: one value, or all from it to the limit.
    private static func padding(
        _ item: Item,
        _ description: PixelDescription
    ) -> ClosedRange<Int>? {
        func value(_ tag: DICOMTag) -> Int? {
            // The VR may be US where the samples are signed.
            item.integer(tag).map {
                description.isSigned ? Int(Int16(truncatingIfNeeded: $0)) : $0 & 0xFFFF
            }
        }
        guard let first = value(.pixelPaddingValue) else { return nil }
        let last = value(.pixelPaddingRangeLimit) ?? first
        return min(first, last)...max(first, last)
    }
}
