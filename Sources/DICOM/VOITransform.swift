import Glibc

/// From rescaled values to what is shown: 0 black, 1 white (PS3.3 C.11.2).
public enum VOITransform: Sendable, Hashable {
    /// The shape between black and white.
    public enum Function: String, Sendable {
        /// The line of C.11.2.1.2.1, which all windows have that do not say otherwise.
        case linear = "LINEAR"
        /// The line of C.11.2.1.3.2, without half-integer corrections.
        case linearExact = "LINEAR_EXACT"
        /// The curve of C.11.2.1.3.1.
        case sigmoid = "SIGMOID"
    }

    /// Window Center and Width.
    case window(center: Double, width: Double, function: Function)
    /// VOI LUT Sequence.
    case table(LookupTable)
    /// A line between two values, for images that state no window.
    case range(black: Double, white: Double)

    /// Reads one choice of the VOI LUT module: the tables come first, then the windows.
    ///
    /// - Returns: nil where the image has no such choice.
    static func read(
        _ item: Item,
        frame: FunctionalGroups,
        choice: Int,
        isInputSigned: Bool
    ) throws(DICOMError) -> VOITransform? {
        if let table = item.child(.voiLUTSequence, choice) {
            return .table(try LookupTable(table, isInputSigned: isInputSigned))
        }
        let source = frame.group(.frameVOILUTSequence) ?? item
        let (centers, widths) = (source.numbers(.windowCenter), source.numbers(.windowWidth))
        guard choice < min(centers.count, widths.count) else { return nil }
        let name = source.text(.voiLUTFunction) ?? Function.linear.rawValue
        guard let function = Function(rawValue: name) else {
            throw .unsupported(
                .voiLUTFunction,
                name: "VOI LUT Function",
                found: name,
                expected: "LINEAR, LINEAR_EXACT and SIGMOID"
            )
        }
        let width = widths[choice]
        // C.11.2.1.2.1: at least 1 for a line, which is then a threshold; else above 0.
        guard function == .linear ? width >= 1 : width > 0 else {
            throw .unsupported(
                .windowWidth,
                name: "Window Width",
                found: "\(width)",
                expected: function == .linear ? "1 or more" : "more than 0"
            )
        }
        // Low enough that every result is an ordinary number.
        guard abs(centers[choice]) < 1e12, width < 1e12 else {
            throw .unsupported(
                .windowCenter,
                name: "Window Center and Width",
                found: "\(centers[choice]) and \(width)",
                expected: "numbers under 1e12"
            )
        }
        return .window(center: centers[choice], width: width, function: function)
    }

    /// The brightness of a rescaled value, 0 to 1.
    public func callAsFunction(_ value: Double) -> Double {
        switch self {
        case .window(let center, let width, .linear):
            Self.line(value, center: center - 0.5, width: width - 1)
        case .window(let center, let width, .linearExact):
            Self.line(value, center: center, width: width)
        case .window(let center, let width, .sigmoid):
            1 / (1 + exp(-4 * (value - center) / width))
        case .table(let table):
            Double(table[Int(value.rounded(.down))]) / Double(table.maximumEntry)
        case .range(let black, let white):
            white > black ? min(max((value - black) / (white - black), 0), 1) : 0
        }
    }

    private static func line(_ value: Double, center: Double, width: Double) -> Double {
        if value <= center - width / 2 { return 0 }
        if value > center + width / 2 { return 1 }
        return (value - center) / width + 0.5
    }
}
