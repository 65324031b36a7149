/// A share of successes among independent trials, with its intervals and exact tests.
public struct Proportion: Sendable, Equatable {
    /// Successes, whole but where half points are given.
    public let successes: Double
    /// Trials, at least 1.
    public let trials: Int

    /// Creates a proportion.
    ///
    /// - Throws: `StudyError` unless there is a trial and `successes` lies in 0...trials.
    public init(_ successes: Int, of trials: Int) throws(StudyError) {
        try self.init(points: Double(successes), of: trials)
    }

    /// Creates a share of points, of which each trial gives between 0 and 1.
    ///
    /// - Throws: `StudyError` unless there is a trial and `points` lies in 0...trials.
    public init(points: Double, of trials: Int) throws(StudyError) {
        try StudyError.check(trials, atLeast: 1, "trials of a proportion")
        try StudyError.check(points, in: 0...Double(trials), "the number of successes")
        self.successes = points
        self.trials = trials
    }

    /// Successes per trial.
    public var value: Double { successes / Double(trials) }

    /// The exact interval of Clopper and Pearson.
    ///
    /// - Throws: `StudyError` for half points or a level outside 0...1.
    /// - SeeAlso: Clopper and Pearson, Biometrika 26 (1934) 404; beta form as in Brown, Cai and
    ///   DasGupta, Statist. Sci. 16 (2001) 101, section 4.2.1.
    public func clopperPearson(level: Double = 0.95) throws(StudyError) -> ConfidenceInterval {
        try ConfidenceInterval.check(level: level)
        let k = Double(try wholeSuccesses("the Clopper-Pearson interval"))
        let n = Double(trials)
        let tail = (1 - level) / 2
        return ConfidenceInterval(
            lower: k == 0 ? 0 : BetaDistribution(k, n - k + 1).quantile(tail),
            upper: k == n ? 1 : 1 - BetaDistribution(n - k, k + 1).quantile(tail),
            level: level
        )
    }

    /// Wilson's score interval, without continuity correction.
    ///
    /// With half points it is conservative: points between 0 and 1 vary at most as much as whole
    /// ones of the same mean.
    ///
    /// - Throws: `StudyError` for a level outside 0...1.
    /// - SeeAlso: Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
    public func wilson(level: Double = 0.95) throws(StudyError) -> ConfidenceInterval {
        try ConfidenceInterval.check(level: level)
        let z = StandardNormal.quantile(0.5 + level / 2)
        let n = Double(trials)
        let centre = (value + z * z / (2 * n)) / (1 + z * z / n)
        let half =
            z / (1 + z * z / n) * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot()
        return ConfidenceInterval(
            lower: successes == 0 ? 0 : max(0, centre - half),
            upper: value == 1 ? 1 : min(1, centre + half),
            level: level
        )
    }

    /// The two-sided p-value of the exact binomial test: outcomes no likelier than this one count.
    ///
    /// - Parameter probability: the success probability under the hypothesis, 0.5 for chance.
    /// - Returns: the p-value.
    /// - Throws: `StudyError` for half points or a probability outside 0...1.
    /// - SeeAlso: scipy.stats.binomtest, whose relative tolerance of 1e-7 for ties is kept.
    public func exactTest(against probability: Double = 0.5) throws(StudyError) -> Double {
        try StudyError.check(probability, in: 0...1, "the probability under the hypothesis")
        let k = try wholeSuccesses("the exact binomial test")
        let distribution = BinomialDistribution(trials: trials, probability: probability)
        return BinomialTest.twoSided(distribution)[k]
    }

    /// The exact test that the probability lies within `margin` of a value (two one-sided tests).
    ///
    /// - Parameters:
    ///   - probability: the value that the readers are thought to reach, 0.5 for chance.
    ///   - margin: the largest deviation that does not matter, so that both bounds are in 0...1.
    /// - Returns: the p-value against each bound.
    /// - Throws: `StudyError` for half points or bounds outside 0...1.
    /// - SeeAlso: Schuirmann, J. Pharmacokinet. Biopharm. 15 (1987) 657.
    public func equivalence(
        to probability: Double = 0.5,
        margin: Double
    ) throws(StudyError) -> EquivalenceTest {
        let k = try wholeSuccesses("the equivalence test")
        try StudyError.check(margin, between: 0, and: 1, "an equivalence margin")
        try StudyError.check(probability - margin, in: 0...1, "the lower equivalence bound")
        try StudyError.check(probability + margin, in: 0...1, "the upper equivalence bound")
        return EquivalenceTest(
            aboveLower: BinomialDistribution(trials: trials, probability: probability - margin)
                .atLeast(k),
            belowUpper: BinomialDistribution(trials: trials, probability: probability + margin)
                .cumulative(k)
        )
    }

    private func wholeSuccesses(_ statistic: String) throws(StudyError) -> Int {
        guard let whole = Int(exactly: successes) else {
            throw .undefined(
                statistic: statistic,
                reason: "half points are counted; exclude Uncertain or count it as wrong"
            )
        }
        return whole
    }
}

/// The p-values of two one-sided tests, each against one bound.
public struct EquivalenceTest: Sendable, Equatable, Codable {
    /// The p-value of the hypothesis that the value is at or below the lower bound.
    public var aboveLower: Double
    /// The p-value of the hypothesis that the value is at or above the upper bound.
    public var belowUpper: Double

    /// The p-value of the whole: equivalence is claimed when it is small.
    public var pValue: Double { max(aboveLower, belowUpper) }
}

/// The two-sided exact binomial test of every outcome at once.
enum BinomialTest {
    /// The p-value of each number of successes, 0...trials.
    static func twoSided(_ distribution: BinomialDistribution) -> [Double] {
        let masses = (0...distribution.trials).map(distribution.mass)
        let order = masses.indices.sorted { masses[$0] < masses[$1] }
        var pValues = [Double](repeating: 1, count: masses.count)
        var sum = 0.0
        var next = 0
        for index in order {
            while next < order.count, masses[order[next]] <= masses[index] * (1 + 1e-7) {
                sum += masses[order[next]]
                next += 1
            }
            pValues[index] = min(1, sum)
        }
        return pValues
    }
}
