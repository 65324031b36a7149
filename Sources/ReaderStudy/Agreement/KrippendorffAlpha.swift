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
        let units = ratings.counts.filter { $0.reduce(0, +) >= 2 }
        try StudyError.check(units.count, atLeast: 1, "cases rated by two readers")
        let categories = 0..<ratings.categoryCount
        let totals = categories.map { c in units.reduce(0) { $0 + $1[c] } }
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
                let coincidences = units.reduce(0) { sum, unit in
                    sum + unit[c] * unit[k] / (unit.reduce(0, +) - 1)
                }
                observed += coincidences * distance(c, k)
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
