/// Whether two readers, or one reader twice, are right equally often on the same cases.
///
/// - SeeAlso: McNemar, Psychometrika 12 (1947) 153; Edwards, Psychometrika 13 (1948) 185 for the
///   correction.
public struct McNemarTest: Sendable, Equatable {
    /// Cases that only the first got right.
    public let firstOnly: Int
    /// Cases that only the second got right.
    public let secondOnly: Int

    /// Takes the discordant counts.
    ///
    /// - Throws: `StudyError.outOfRange` for negative counts.
    public init(firstOnly: Int, secondOnly: Int) throws(StudyError) {
        try StudyError.check(Double(firstOnly), in: 0...1e9, "a discordant count")
        try StudyError.check(Double(secondOnly), in: 0...1e9, "a discordant count")
        self.firstOnly = firstOnly
        self.secondOnly = secondOnly
    }

    /// Counts in paired answers, right or not.
    ///
    /// - Throws: `StudyError` for empty or unequal lists.
    public init(_ first: [Bool], _ second: [Bool]) throws(StudyError) {
        guard first.count == second.count else {
            throw .lengths(what: "paired answers", first: first.count, second: second.count)
        }
        try StudyError.check(first.count, atLeast: 1, "paired answers")
        let pairs = Array(zip(first, second))
        try self.init(
            firstOnly: pairs.count { $0.0 && !$0.1 },
            secondOnly: pairs.count { !$0.0 && $0.1 }
        )
    }

    /// The exact two-sided p-value: discordant cases fall either way with probability one half.
    ///
    /// Without a discordant case it is 1.
    public var exactPValue: Double {
        let distribution = BinomialDistribution(trials: firstOnly + secondOnly, probability: 0.5)
        return min(1, 2 * distribution.cumulative(min(firstOnly, secondOnly)))
    }

    /// The chi-square statistic with continuity correction and its p-value.
    ///
    /// - Throws: `StudyError.undefined` without a discordant case.
    public func corrected() throws(StudyError) -> TestResult {
        let discordant = firstOnly + secondOnly
        guard discordant > 0 else {
            throw .undefined(
                statistic: "McNemar's chi-square",
                reason: "no case is discordant; use the exact test"
            )
        }
        // Equal counts stay equal, as in R's mcnemar.test; statsmodels would correct them to 1.
        let difference = max(0, Double(abs(firstOnly - secondOnly)) - 1)
        let statistic = difference * difference / Double(discordant)
        return TestResult(
            statistic: statistic,
            pValue: ChiSquareDistribution(degreesOfFreedom: 1).survival(statistic)
        )
    }
}
