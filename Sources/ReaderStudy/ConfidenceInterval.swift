/// An interval that covers the true value with the probability `level`.
public struct ConfidenceInterval: Sendable, Equatable, Codable {
    /// The lower end.
    public var lower: Double
    /// The upper end.
    public var upper: Double
    /// The nominal coverage, between 0 and 1.
    public var level: Double

    /// Creates an interval.
    public init(lower: Double, upper: Double, level: Double) {
        (self.lower, self.upper, self.level) = (lower, upper, level)
    }

    /// The interval `estimate ± quantile * standardError`.
    static func symmetric(
        around estimate: Double,
        standardError: Double,
        quantile: Double,
        level: Double
    ) -> ConfidenceInterval {
        ConfidenceInterval(
            lower: estimate - quantile * standardError,
            upper: estimate + quantile * standardError,
            level: level
        )
    }

    /// The interval cut to a range that the quantity cannot leave.
    func clipped(to range: ClosedRange<Double>) -> ConfidenceInterval {
        ConfidenceInterval(
            lower: min(max(lower, range.lowerBound), range.upperBound),
            upper: min(max(upper, range.lowerBound), range.upperBound),
            level: level
        )
    }

    /// Throws unless `level` lies between 0 and 1.
    static func check(level: Double) throws(StudyError) {
        try StudyError.check(level, between: 0, and: 1, "a confidence level")
    }
}
