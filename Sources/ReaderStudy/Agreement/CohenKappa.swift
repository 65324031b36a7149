/// Cohen's kappa: agreement of two readers beyond what their own frequencies would give.
///
/// Symbols: `w` agreement weights, `p` joint frequencies, `po` and `pe` observed and expected
/// weighted agreement.
///
/// - SeeAlso: Cohen, Educ. Psychol. Meas. 20 (1960) 37; Cohen, Psychol. Bull. 70 (1968) 213;
///   standard errors of Fleiss, Cohen and Everitt, Psychol. Bull. 72 (1969) 323.
public struct CohenKappa: Sendable, Equatable {
    /// How disagreement counts by the distance of categories.
    public enum Weights: String, Sendable, Codable, CaseIterable {
        /// All disagreement alike.
        case none
        /// By the distance.
        case linear
        /// By the squared distance.
        case quadratic
    }

    /// Kappa, at most 1.
    public let value: Double
    /// The large-sample standard error, for intervals.
    public let standardError: Double
    /// The standard error were kappa 0, for tests.
    public let nullStandardError: Double
    /// The observed share of agreement, weighted.
    public let observedAgreement: Double
    /// The share of agreement expected from the readers' frequencies, weighted.
    public let expectedAgreement: Double

    /// Compares two readers.
    ///
    /// - Parameters:
    ///   - first: one reader's categories, from 0.
    ///   - second: the other's, for the same cases.
    ///   - categoryCount: the number of categories of the scale, at least 2.
    ///   - weights: how disagreement counts.
    /// - Throws: `StudyError` for unequal or empty lists, categories off the scale, and where
    ///   expected agreement is complete (both readers used one and the same category only).
    public init(
        _ first: [Int],
        _ second: [Int],
        categoryCount: Int,
        weights: Weights = .none
    ) throws(StudyError) {
        guard first.count == second.count else {
            throw .lengths(what: "two readers' ratings", first: first.count, second: second.count)
        }
        try self.init(
            RatingMatrix(zip(first, second).map { [$0, $1] }, categoryCount: categoryCount),
            0,
            1,
            weights: weights
        )
    }

    /// Compares two readers of a panel over the cases that both rated.
    ///
    /// - Parameters:
    ///   - ratings: the panel.
    ///   - first: one reader's column.
    ///   - second: the other's.
    ///   - weights: how disagreement counts.
    /// - Throws: `StudyError` for readers beyond the columns, without a case that both rated, and where
    ///   expected agreement is complete.
    public init(
        _ ratings: RatingMatrix,
        _ first: Int,
        _ second: Int,
        weights: Weights = .none
    ) throws(StudyError) {
        var joint = try ratings.table(first, second)
        let n = joint.reduce(0) { $0 + $1.reduce(0, +) }
        try StudyError.check(Int(n), atLeast: 1, "cases rated by both readers")
        let categoryCount = ratings.categoryCount
        let categories = 0..<categoryCount
        for row in categories { for column in categories { joint[row][column] /= n } }
        let rows = joint.map { $0.reduce(0, +) }
        let columns = categories.map { column in joint.reduce(0) { $0 + $1[column] } }
        let w = Self.agreementWeights(weights, categoryCount)
        func total(_ term: (Int, Int) -> Double) -> Double {
            categories.reduce(0) { sum, i in categories.reduce(sum) { $0 + term(i, $1) } }
        }
        let observed = total { w[$0][$1] * joint[$0][$1] }
        let expected = total { w[$0][$1] * rows[$0] * columns[$1] }
        guard 1 - expected > 1e-12 else {
            throw .undefined(
                statistic: "Cohen's kappa",
                reason: "both readers used one category only, so that agreement is certain"
            )
        }
        let kappa = (observed - expected) / (1 - expected)
        let rowMeans = categories.map { i in categories.reduce(0) { $0 + w[i][$1] * columns[$1] } }
        let columnMeans = categories.map { j in categories.reduce(0) { $0 + w[$1][j] * rows[$1] } }
        let spread = total { i, j in
            let term = w[i][j] - (rowMeans[i] + columnMeans[j]) * (1 - kappa)
            return joint[i][j] * term * term
        }
        let nullSpread = total { i, j in
            let term = w[i][j] - (rowMeans[i] + columnMeans[j])
            return rows[i] * columns[j] * term * term
        }
        let centre = kappa - expected * (1 - kappa)
        value = kappa
        observedAgreement = observed
        expectedAgreement = expected
        let scale = (1 - expected) * n.squareRoot()
        standardError = max(0, spread - centre * centre).squareRoot() / scale
        nullStandardError = max(0, nullSpread - expected * expected).squareRoot() / scale
    }

    /// The interval on the normal approximation.
    ///
    /// - Throws: `StudyError.outOfRange` for a level outside 0...1.
    public func interval(level: Double = 0.95) throws(StudyError) -> ConfidenceInterval {
        try ConfidenceInterval.check(level: level)
        return .symmetric(
            around: value,
            standardError: standardError,
            quantile: StandardNormal.quantile(0.5 + level / 2),
            level: level
        )
    }

    private static func agreementWeights(_ weights: Weights, _ count: Int) -> [[Double]] {
        (0..<count).map { i in
            (0..<count).map { j in
                let distance = Double(abs(i - j)) / Double(count - 1)
                return switch weights {
                case .none: i == j ? 1 : 0
                case .linear: 1 - distance
                case .quadratic: 1 - distance * distance
                }
            }
        }
    }
}
