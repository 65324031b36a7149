/// Percentile intervals by drawing cases with replacement.
///
/// - SeeAlso: Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 13.3.
public struct Bootstrap: Sendable {
    /// An interval and what it rests on.
    public struct Result: Sendable, Equatable {
        /// The percentile interval of the samples that had a value.
        public var interval: ConfidenceInterval
        /// Samples for which the statistic was not defined.
        public var undefinedCount: Int
    }

    /// The number of samples.
    public let sampleCount: Int
    /// The coverage of intervals.
    public let level: Double

    /// Creates a bootstrap.
    ///
    /// - Throws: `StudyError` for fewer than 100 samples or a level outside 0...1.
    public init(sampleCount: Int = 2000, level: Double = 0.95) throws(StudyError) {
        try StudyError.check(sampleCount, atLeast: 100, "bootstrap samples")
        try ConfidenceInterval.check(level: level)
        self.sampleCount = sampleCount
        self.level = level
    }

    /// Draws samples and takes percentiles (linear interpolation between order statistics).
    ///
    /// - Parameters:
    ///   - caseCount: the number of cases to draw from, at least 1.
    ///   - generator: the source of the draws.
    ///   - statistic: the value for drawn case indices; may throw where it is not defined.
    /// - Returns: the interval and the number of samples without a value.
    /// - Throws: `StudyError` without cases, and when more than half of the samples have no value.
    public func interval(
        caseCount: Int,
        generator: inout SeededGenerator,
        statistic: ([Int]) throws(StudyError) -> Double
    ) throws(StudyError) -> Result {
        try StudyError.check(caseCount, atLeast: 1, "cases to draw from")
        var values: [Double] = []
        for _ in 0..<sampleCount {
            let drawn = (0..<caseCount).map { _ in generator.next(below: caseCount) }
            // A sample of one category only has no kappa; such samples are counted, not hidden.
            guard let value = try? statistic(drawn), value.isFinite else { continue }
            values.append(value)
        }
        let undefinedCount = sampleCount - values.count
        guard undefinedCount * 2 <= sampleCount else {
            throw .undefined(
                statistic: "the bootstrap interval",
                reason: "\(undefinedCount) of \(sampleCount) samples have no value"
            )
        }
        values.sort()
        let interval = ConfidenceInterval(
            lower: Moments.quantile((1 - level) / 2, ofSorted: values),
            upper: Moments.quantile((1 + level) / 2, ofSorted: values),
            level: level
        )
        return Result(interval: interval, undefinedCount: undefinedCount)
    }
}
