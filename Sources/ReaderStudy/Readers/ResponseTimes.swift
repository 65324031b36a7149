import Foundation

/// How long a reader took, and whether the pace changed along the session.
public struct ResponseTimes: Sendable, Equatable {
    /// A straight line's slope with its interval.
    public struct Slope: Sendable, Equatable, Codable {
        /// Change in seconds per image.
        public var value: Double
        /// Its confidence interval.
        public var interval: ConfidenceInterval
    }

    /// Times in seconds, in reading order.
    public let seconds: [Double]
    /// Places in the reading order.
    public let positions: [Double]

    /// Takes times from readings.
    ///
    /// - Throws: `StudyError.tooFew` without a reading.
    public init(_ readings: [Reading]) throws(StudyError) {
        let ordered = readings.sorted { $0.position < $1.position }
        try self.init(
            seconds: ordered.map(\.seconds),
            positions: ordered.map { Double($0.position) }
        )
    }

    /// Takes times and places.
    ///
    /// - Throws: `StudyError` for empty lists, unequal lengths or values that are not finite.
    public init(seconds: [Double], positions: [Double]) throws(StudyError) {
        try StudyError.check(seconds.count, atLeast: 1, "response times")
        guard seconds.count == positions.count else {
            throw .lengths(
                what: "times and positions",
                first: seconds.count,
                second: positions.count
            )
        }
        try StudyError.checkFinite(seconds, "a time")
        try StudyError.checkFinite(positions, "a position")
        self.seconds = seconds
        self.positions = positions
    }

    /// The median time in seconds.
    public var median: Double { Moments.median(seconds) }

    /// The slope of least squares, with Student's interval.
    ///
    /// - Throws: `StudyError` for fewer than 3 readings, or readings all at one position.
    /// - SeeAlso: Draper and Smith, Applied Regression Analysis (1998), chapter 1.
    public func leastSquaresSlope(level: Double = 0.95) throws(StudyError) -> Slope {
        try ConfidenceInterval.check(level: level)
        try StudyError.check(seconds.count, atLeast: 3, "response times for a slope")
        let spread = Moments.covariance(positions, positions)
        guard spread > 0 else { throw Self.onePosition }
        let slope = Moments.covariance(positions, seconds) / spread
        let intercept = Moments.mean(seconds) - slope * Moments.mean(positions)
        let residuals = zip(positions, seconds).reduce(0.0) { sum, point in
            let residual = point.1 - intercept - slope * point.0
            return sum + residual * residual
        }
        let freedom = Double(seconds.count - 2)
        let standardError =
            (residuals / freedom / (spread * Double(seconds.count - 1))).squareRoot()
        return Slope(
            value: slope,
            interval: .symmetric(
                around: slope,
                standardError: standardError,
                quantile: StudentTDistribution(degreesOfFreedom: freedom).quantile(0.5 + level / 2),
                level: level
            )
        )
    }

    /// The Theil-Sen slope, which single long pauses do not move, with Sen's interval.
    ///
    /// - Throws: `StudyError` for fewer than 3 readings, or readings all at one position.
    /// - SeeAlso: Sen, J. Am. Stat. Assoc. 63 (1968) 1379, equation 2.6 for ties; ranks are
    ///   rounded as in scipy.stats.theilslopes.
    public func theilSenSlope(level: Double = 0.95) throws(StudyError) -> Slope {
        try ConfidenceInterval.check(level: level)
        try StudyError.check(seconds.count, atLeast: 3, "response times for a slope")
        var slopes: [Double] = []
        for (i, first) in positions.enumerated() {
            for (j, second) in positions.enumerated() where second > first {
                slopes.append((seconds[j] - seconds[i]) / (second - first))
            }
        }
        guard !slopes.isEmpty else { throw Self.onePosition }
        slopes.sort()
        let n = Double(seconds.count)
        let variance =
            (n * (n - 1) * (2 * n + 5) - Ties.sum(positions) { $0 * ($0 - 1) * (2 * $0 + 5) }
                - Ties.sum(seconds) { $0 * ($0 - 1) * (2 * $0 + 5) }) / 18
        let width = StandardNormal.quantile(0.5 + level / 2) * max(0, variance).squareRoot()
        let count = Double(slopes.count)
        let upper = Int(((count + width) / 2).rounded(.toNearestOrEven))
        let lower = Int(((count - width) / 2).rounded(.toNearestOrEven)) - 1
        return Slope(
            value: Moments.quantile(0.5, ofSorted: slopes),
            interval: ConfidenceInterval(
                lower: slopes[max(lower, 0)],
                upper: slopes[min(upper, slopes.count - 1)],
                level: level
            )
        )
    }

    private static var onePosition: StudyError {
        .undefined(statistic: "a slope", reason: "all readings are at one position")
    }
}

/// Groups of equal values.
enum Ties {
    /// The sum of a function of the sizes of all groups of equal values.
    static func sum(_ values: [Double], _ term: (Double) -> Double) -> Double {
        var sizes: [Double: Double] = [:]
        for value in values { sizes[value, default: 0] += 1 }
        return sizes.values.sorted().reduce(0) { $0 + term($1) }
    }

    /// Ranks from 1, equal values sharing the mean of theirs.
    static func midranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
            for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
            start = end + 1
        }
        return ranks
    }
}
