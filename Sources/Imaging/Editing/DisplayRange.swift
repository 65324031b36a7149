/// How stored values are shown: the values at black and at white, linearly between.
public struct DisplayRange: Sendable, Hashable {
    /// The stored value that is shown black, or white where the range is inverted.
    public let low: Int
    /// The stored value that is shown white, or black where the range is inverted; above `low`.
    public let high: Int
    /// Whether low values are white, as in MONOCHROME1 of DICOM (PS3.3 C.7.6.3.1.2).
    public let isInverted: Bool

    /// Makes a range; `high` becomes at least `low + 1`.
    public init(low: Int, high: Int, isInverted: Bool = false) {
        self.low = low
        self.high = max(high, low + 1)
        self.isInverted = isInverted
    }

    /// A stored value as it is shown, 0 for black to 65535 for white.
    public func shown(_ stored: Int) -> UInt16 {
        let (width, offset) = (high - low, min(max(stored, low), high) - low)
        let shown = UInt16((offset * 65_535 + width / 2) / width)
        return isInverted ? 65_535 - shown : shown
    }

    /// The stored value that is shown so.
    public func stored(_ shown: UInt16) -> Int {
        let offset = Int(isInverted ? 65_535 - shown : shown)
        return low + (offset * (high - low) + 32_767) / 65_535
    }
}
