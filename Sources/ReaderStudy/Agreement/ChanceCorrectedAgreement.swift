/// Agreement of two or more readers on nominal categories, beyond chance; readings may be missing.
///
/// Cases with at least two readings count for observed agreement, all rated cases for the
/// frequencies `π` of the categories.
///
/// - SeeAlso: Gwet, Br. J. Math. Stat. Psychol. 61 (2008) 29; with missing readings Gwet, Handbook
///   of Inter-Rater Reliability (2014).
public struct ChanceCorrectedAgreement: Sendable, Equatable {
    /// Which agreement is expected by chance.
    public enum Coefficient: String, Sendable, Codable, CaseIterable {
        /// Fleiss' generalized kappa: `Σ π²`.
        ///
        /// Source: Fleiss, Psychol. Bull. 76 (1971) 378.
        case fleissKappa
        /// Gwet's AC1: `Σ π (1 - π) / (q - 1)`, steady where one category prevails.
        case gwetAC1
    }

    /// The coefficient, at most 1.
    public let value: Double
    /// The standard error over cases, by linearization.
    public let standardError: Double
    /// The share of agreeing pairs of readers.
    public let percentAgreement: Double
    /// The share of pairs that would agree by chance.
    public let chanceAgreement: Double
    /// The number of rated cases.
    public let caseCount: Int

    /// Computes a coefficient.
    ///
    /// - Throws: `StudyError` for fewer than 2 rated cases, without a case that two readers rated,
    ///   and where agreement by chance is complete.
    public init(_ coefficient: Coefficient, of ratings: RatingMatrix) throws(StudyError) {
        var (n, paired, agreement) = (0.0, 0.0, 0.0)
        var frequencies = [Double](repeating: 0, count: ratings.categoryCount)
        for item in ratings.ratedCases {
            n += item.weight
            if item.readings >= 2 {
                paired += item.weight
                agreement += item.weight * item.agreement
            }
            for (category, count) in item.counts.enumerated() {
                frequencies[category] += item.weight * count / item.readings
            }
        }
        try StudyError.check(Int(n), atLeast: 2, "rated cases")
        try StudyError.check(Int(paired), atLeast: 1, "cases rated by two readers")
        for category in frequencies.indices { frequencies[category] /= n }
        let chanceOfCategory = frequencies.map { frequency in
            switch coefficient {
            case .fleissKappa: frequency
            case .gwetAC1: (1 - frequency) / Double(ratings.categoryCount - 1)
            }
        }
        let observed = agreement / paired
        let chance = zip(frequencies, chanceOfCategory).reduce(0) { $0 + $1.0 * $1.1 }
        guard 1 - chance > 1e-12 else {
            throw .undefined(
                statistic: "agreement beyond chance",
                reason: "all readings are of one category, so that agreement is certain"
            )
        }
        let value = (observed - chance) / (1 - chance)
        var squares = 0.0
        for item in ratings.ratedCases {
            let own =
                item.readings < 2 ? 0 : n / paired * (item.agreement - chance) / (1 - chance)
            let chanceOfCase =
                zip(item.counts, chanceOfCategory).reduce(0) { $0 + $1.0 * $1.1 } / item.readings
            let influence = own - 2 * (1 - value) * (chanceOfCase - chance) / (1 - chance)
            squares += item.weight * (influence - value) * (influence - value)
        }
        self.value = value
        standardError = (squares / (n * (n - 1))).squareRoot()
        percentAgreement = observed
        chanceAgreement = chance
        caseCount = Int(n)
    }

    /// Student's interval over cases, cut at 1.
    ///
    /// - Throws: `StudyError.outOfRange` for a level outside 0...1.
    public func interval(level: Double = 0.95) throws(StudyError) -> ConfidenceInterval {
        try ConfidenceInterval.check(level: level)
        let freedom = Double(caseCount - 1)
        var interval = ConfidenceInterval.symmetric(
            around: value,
            standardError: standardError,
            quantile: StudentTDistribution(degreesOfFreedom: freedom).quantile(0.5 + level / 2),
            level: level
        )
        interval.upper = min(1, interval.upper)
        return interval
    }
}
