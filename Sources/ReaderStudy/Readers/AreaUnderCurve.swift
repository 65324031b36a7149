/// The empirical area under the ROC curve of ratings, with DeLong's variance.
///
/// The area is the probability that a fake is rated more suspicious than a real image, ties
/// counting half (Mann-Whitney).
///
/// - SeeAlso: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988) 837.
public struct AreaUnderCurve: Sendable, Equatable {
    /// The area, in 0...1.
    public let value: Double
    /// DeLong's variance of the area.
    public let variance: Double
    /// The number of fake images.
    public let positiveCount: Int
    /// The number of real images.
    public let negativeCount: Int

    /// Computes the area from ratings that grow with suspicion.
    ///
    /// - Parameters:
    ///   - positives: ratings of fake images, at least 2.
    ///   - negatives: ratings of real images, at least 2.
    /// - Throws: `StudyError` for fewer ratings, or ratings that are not finite.
    public init(positives: [Double], negatives: [Double]) throws(StudyError) {
        let components = try PlacementValues(positives: positives, negatives: negatives)
        value = components.area
        variance = components.covariance(with: components)
        positiveCount = positives.count
        negativeCount = negatives.count
    }

    /// Computes the area from readings, rated by `Reading.suspicion`.
    ///
    /// - Throws: `StudyError` for fewer than 2 real or fake images.
    public init(_ readings: [Reading]) throws(StudyError) {
        try self.init(
            positives: readings.filter { $0.truth == .fake }.map(\.suspicion),
            negatives: readings.filter { $0.truth == .real }.map(\.suspicion)
        )
    }

    /// DeLong's interval on the normal approximation, cut to 0...1.
    ///
    /// - Throws: `StudyError.undefined` when the variance is 0, as with perfect separation, or a
    ///   level outside 0...1.
    public func interval(level: Double = 0.95) throws(StudyError) -> ConfidenceInterval {
        try ConfidenceInterval.check(level: level)
        guard variance > 0 else {
            throw .undefined(
                statistic: "DeLong's interval",
                reason: "the variance is 0 (the ratings separate the classes, or are all tied)"
            )
        }
        return ConfidenceInterval.symmetric(
            around: value,
            standardError: variance.squareRoot(),
            quantile: StandardNormal.quantile(0.5 + level / 2),
            level: level
        ).clipped(to: 0...1)
    }
}

/// DeLong's structural components: how each image stands against all images of the other class.
struct PlacementValues: Sendable, Equatable {
    /// Per fake image, the share of real images below it, ties half; V10 in the paper.
    let positives: [Double]
    /// Per real image, the share of fake images above it, ties half; V01 in the paper.
    let negatives: [Double]

    /// Computes both by counting in sorted ratings.
    init(positives: [Double], negatives: [Double]) throws(StudyError) {
        try StudyError.check(positives.count, atLeast: 2, "ratings of fake images")
        try StudyError.check(negatives.count, atLeast: 2, "ratings of real images")
        try StudyError.checkFinite(positives, "a rating")
        try StudyError.checkFinite(negatives, "a rating")
        let sortedNegatives = negatives.sorted()
        let sortedPositives = positives.sorted()
        self.positives = positives.map { Self.shareBelow($0, in: sortedNegatives) }
        self.negatives = negatives.map { 1 - Self.shareBelow($0, in: sortedPositives) }
    }

    /// The area under the curve.
    var area: Double { Moments.mean(positives) }

    /// The covariance of two areas whose images are the same, in the same order.
    func covariance(with other: PlacementValues) -> Double {
        Moments.covariance(positives, other.positives) / Double(positives.count)
            + negativeCovariance(with: other)
    }

    /// The covariance of two areas that share their real images only.
    func negativeCovariance(with other: PlacementValues) -> Double {
        Moments.covariance(negatives, other.negatives) / Double(negatives.count)
    }

    private static func shareBelow(_ value: Double, in sorted: [Double]) -> Double {
        let below = partition(sorted) { $0 < value }
        let upTo = partition(sorted) { $0 <= value }
        return Double(below + upTo) / 2 / Double(sorted.count)
    }

    /// The number of leading elements that satisfy a claim which holds only for leading ones.
    private static func partition(_ sorted: [Double], _ isLeading: (Double) -> Bool) -> Int {
        var (lower, upper) = (0, sorted.count)
        while lower < upper {
            let middle = (lower + upper) / 2
            if isLeading(sorted[middle]) { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }
}

/// Means and unbiased covariances; callers see to the number of values.
enum Moments {
    static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }

    /// The sample covariance of two lists of one length, at least 2.
    static func covariance(_ first: [Double], _ second: [Double]) -> Double {
        let (firstMean, secondMean) = (mean(first), mean(second))
        let sum = zip(first, second).reduce(0) {
            $0 + ($1.0 - firstMean) * ($1.1 - secondMean)
        }
        return sum / Double(first.count - 1)
    }

    /// The median of at least one value.
    static func median(_ values: [Double]) -> Double { quantile(0.5, ofSorted: values.sorted()) }

    /// The quantile with linear interpolation between order statistics.
    ///
    /// - SeeAlso: Hyndman and Fan, Am. Stat. 50 (1996) 361, definition 7.
    static func quantile(_ p: Double, ofSorted sorted: [Double]) -> Double {
        let place = p * Double(sorted.count - 1)
        let below = Int(place.rounded(.down))
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}
