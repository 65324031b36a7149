/// From stored values to those of the modality, such as Hounsfield units (PS3.3 C.11.1).
public enum ModalityTransform: Sendable, Hashable {
    /// Rescale Slope and Intercept; 1 and 0 where the image states none.
    case linear(slope: Double, intercept: Double)
    /// Modality LUT Sequence.
    case table(LookupTable)

    /// The transformation of an image that states none.
    public static let identity = ModalityTransform.linear(slope: 1, intercept: 0)

    /// Reads the Modality LUT module; `frame` holds the functional groups of enhanced objects.
    init(_ item: Item, frame: FunctionalGroups, isSigned: Bool) throws(DICOMError) {
        if let table = item.child(.modalityLUTSequence) {
            self = .table(try LookupTable(table, isInputSigned: isSigned))
            return
        }
        let source = frame.group(.pixelValueTransformationSequence) ?? item
        let slope = source.numbers(.rescaleSlope).first ?? 1
        let intercept = source.numbers(.rescaleIntercept).first ?? 0
        // Far above any unit, and low enough that every result is an ordinary number.
        guard abs(slope) < 1e12, abs(intercept) < 1e12 else {
            throw .unsupported(
                .rescaleSlope,
                name: "Rescale Slope and Intercept",
                found: "\(slope) and \(intercept)",
                expected: "numbers under 1e12"
            )
        }
        self = .linear(slope: slope, intercept: intercept)
    }

    /// The value of one stored value.
    public func callAsFunction(_ stored: Int) -> Double {
        switch self {
        case .linear(let slope, let intercept): Double(stored) * slope + intercept
        case .table(let table): Double(table[stored])
        }
    }

    /// What the smallest and the largest storable value become, in this order.
    func bounds(_ description: PixelDescription) -> (Double, Double) {
        switch self {
        case .linear:
            (self(description.storableRange.lowerBound), self(description.storableRange.upperBound))
        case .table(let table): (0, Double(table.maximumEntry))
        }
    }

    /// Whether results can be negative.
    func isSigned(_ description: PixelDescription) -> Bool {
        let (first, last) = bounds(description)
        return min(first, last) < 0
    }
}

/// The values of one frame in the units of its modality.
public struct RescaledPixels: Sendable, Hashable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// The values, row by row.
    public let values: [Double]

    /// Applies a transformation to a grey frame.
    init(_ stored: StoredPixels, _ transform: ModalityTransform) {
        width = stored.description.width
        height = stored.description.height
        values = stored.map { transform($0) }
    }
}
