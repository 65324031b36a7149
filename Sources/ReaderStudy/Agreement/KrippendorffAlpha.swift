/// Krippendorff's alpha: 1 minus observed over expected disagreement, readings may be missing.
///
/// - SeeAlso: Krippendorff, Content Analysis (2004), chapter 11; Hayes and Krippendorff, Commun.
///   Methods Meas. 1 (2007) 77.
public struct KrippendorffAlpha: Sendable, Equatable {
    /// How far apart two categories are.
    public enum Metric: String, Sendable, Codable, CaseIterable {
        /// Equal or different.
        case nominal
        /// By the number of readings between them.
        case ordinal
    }

    /// Alpha, at most 1.
    public let value: Double

    /// Computes alpha from the cases that two readers or more rated.
    ///
    /// - Throws: `StudyError` without such a case, and where all readings are of one category.
    public init(_ metric: Metric, of ratings: RatingMatrix) throws(StudyError) {
        let categories = 0..<ratings.categoryCount
        var totals = [Double](repeating: 0, count: ratings.categoryCount)
        // How often a reading of one category meets another reader's of the second.
        var coincidences = [[Double]](repeating: totals, count: ratings.categoryCount)
        var unitCount = 0.0
        for unit in ratings.ratedCases where unit.readings >= 2 {
            unitCount += unit.weight
            for (c, count) in unit.counts.enumerated() where count > 0 {
                totals[c] += unit.weight * count
                for (k, other) in unit.counts.enumerated() where k != c {
                    coincidences[c][k] += unit.weight * count * other / (unit.readings - 1)
                }
            }
        }
        try StudyError.check(Int(unitCount), atLeast: 1, "cases rated by two readers")
        let n = totals.reduce(0, +)
        func distance(_ c: Int, _ k: Int) -> Double {
            guard c != k else { return 0 }
            switch metric {
            case .nominal: return 1
            case .ordinal:
                let between = (min(c, k)...max(c, k)).reduce(0) { $0 + totals[$1] }
                let steps = between - (totals[c] + totals[k]) / 2
                return steps * steps
            }
        }
        var observed = 0.0
        var expected = 0.0
        for c in categories {
            for k in categories where k != c {
                observed += coincidences[c][k] * distance(c, k)
                expected += totals[c] * totals[k] * distance(c, k)
            }
        }
        guard expected > 0 else {
            throw .undefined(
                statistic: "Krippendorff's alpha",
                reason: "all readings are of one category"
            )
        }
        value = 1 - (n - 1) * observed / expected
    }
}
