/// Whether paired differences lie evenly around zero; differences of zero are left out.
///
/// - SeeAlso: Wilcoxon, Biometrics 1 (1945) 80; ties as in Hollander and Wolfe, Nonparametric
///   Statistical Methods (1999), section 3.1.
public enum WilcoxonSignedRankTest {
    /// The largest number of differences for which the exact distribution is used.
    public static let largestExactCount = 50

    /// Computes the smaller rank sum and its two-sided p-value.
    ///
    /// The p-value is exact up to `largestExactCount` differences without ties or zeros, and else
    /// from the normal approximation with tie correction, without continuity correction, as in
    /// scipy.stats.wilcoxon.
    ///
    /// - Throws: `StudyError` for values that are not finite, or where all differences are zero.
    public static func result(differences: [Double]) throws(StudyError) -> TestResult {
        try StudyError.checkFinite(differences, "a difference")
        let nonzero = differences.filter { $0 != 0 }
        guard !nonzero.isEmpty else {
            throw .undefined(
                statistic: "Wilcoxon's signed rank test",
                reason: "no difference is other than zero"
            )
        }
        let magnitudes = nonzero.map(abs)
        let ranks = Ties.midranks(magnitudes)
        let positive = zip(nonzero, ranks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
        let n = Double(nonzero.count)
        let statistic = min(positive, n * (n + 1) / 2 - positive)
        let isTied = Set(magnitudes).count < magnitudes.count
        let hasZeros = nonzero.count < differences.count
        guard isTied || hasZeros || nonzero.count > largestExactCount else {
            return TestResult(
                statistic: statistic,
                pValue: min(1, 2 * exactTail(Int(statistic), nonzero.count))
            )
        }
        let tieTerm = Ties.sum(magnitudes) { $0 * $0 * $0 - $0 }
        let variance = (n * (n + 1) * (2 * n + 1) - tieTerm / 2) / 24
        let z = (statistic - n * (n + 1) / 4) / variance.squareRoot()
        return TestResult(statistic: statistic, pValue: StandardNormal.twoSided(z))
    }

    /// The probability of a rank sum of at most `statistic`, all signs being equally likely.
    private static func exactTail(_ statistic: Int, _ count: Int) -> Double {
        // probabilities[s]: that the ranks so far with a plus sign sum to s
        var probabilities = [Double](repeating: 0, count: count * (count + 1) / 2 + 1)
        probabilities[0] = 1
        for rank in 1...count {
            for sum in stride(from: probabilities.count - 1, through: 0, by: -1) {
                let without = probabilities[sum]
                let with = sum >= rank ? probabilities[sum - rank] : 0
                probabilities[sum] = (without + with) / 2
            }
        }
        return probabilities.prefix(statistic + 1).reduce(0, +)
    }
}
