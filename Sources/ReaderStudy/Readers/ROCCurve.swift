/// The empirical ROC curve of ratings: the share of fakes found against that of false alarms.
public struct ROCCurve: Sendable, Equatable, Codable {
    /// One cut of the ratings.
    public struct Point: Sendable, Equatable, Codable {
        /// Images rated at least this count as fake; nil for the point where none does.
        public var threshold: Double?
        /// The share of real images called fake, 1 - specificity.
        public var falsePositiveRate: Double
        /// The share of fake images called fake, the sensitivity.
        public var truePositiveRate: Double
    }

    /// The points from (0, 0) to (1, 1), one a distinct rating.
    public let points: [Point]

    /// Draws the curve of ratings that grow with suspicion.
    ///
    /// - Throws: `StudyError` without ratings of either class, or ratings that are not finite.
    public init(positives: [Double], negatives: [Double]) throws(StudyError) {
        try StudyError.check(positives.count, atLeast: 1, "ratings of fake images")
        try StudyError.check(negatives.count, atLeast: 1, "ratings of real images")
        try StudyError.checkFinite(positives + negatives, "a rating")
        let thresholds = Set(positives + negatives).sorted(by: >)
        points =
            [Point(threshold: nil, falsePositiveRate: 0, truePositiveRate: 0)]
            + thresholds.map { threshold in
                Point(
                    threshold: threshold,
                    falsePositiveRate: Self.share(negatives, atLeast: threshold),
                    truePositiveRate: Self.share(positives, atLeast: threshold)
                )
            }
    }

    /// Draws the curve of readings, rated by `Reading.suspicion`.
    ///
    /// - Throws: `StudyError` without a real or a fake image.
    public init(_ readings: [Reading]) throws(StudyError) {
        try self.init(
            positives: readings.filter { $0.truth == .fake }.map(\.suspicion),
            negatives: readings.filter { $0.truth == .real }.map(\.suspicion)
        )
    }

    private static func share(_ ratings: [Double], atLeast threshold: Double) -> Double {
        Double(ratings.count { $0 >= threshold }) / Double(ratings.count)
    }
}
