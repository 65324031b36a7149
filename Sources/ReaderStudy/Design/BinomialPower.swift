/// Power and sample size of one reader's exact binomial test.
///
/// - SeeAlso: Chernick and Liu, Am. Stat. 56 (2002) 149, for the saw-tooth of exact power.
public struct BinomialPower: Sendable, Equatable {
    /// What the study wants to show.
    public enum Aim: Sendable, Equatable {
        /// That the reader does not answer by chance (two-sided exact test).
        case difference
        /// That the reader is within a margin of chance (two one-sided exact tests).
        case equivalence(margin: Double)
    }

    /// The aim.
    public let aim: Aim
    /// The accuracy under chance.
    public let chance: Double
    /// The accuracy that the reader is thought to have.
    public let accuracy: Double
    /// The level of the test.
    public let alpha: Double

    /// The largest sample size that is searched.
    public static let largestSize = 2000

    /// Describes the test.
    ///
    /// - Throws: `StudyError.outOfRange` for probabilities outside their range.
    public init(
        _ aim: Aim,
        accuracy: Double,
        chance: Double = 0.5,
        alpha: Double = 0.05
    ) throws(StudyError) {
        try StudyError.check(accuracy, in: 0...1, "the expected accuracy")
        try StudyError.check(chance, between: 0, and: 1, "the accuracy by chance")
        try StudyError.check(alpha, between: 0, and: 1, "the level of a test")
        if case .equivalence(let margin) = aim {
            try StudyError.check(margin, between: 0, and: 1, "an equivalence margin")
            try StudyError.check(chance - margin, in: 0...1, "the lower equivalence bound")
            try StudyError.check(chance + margin, in: 0...1, "the upper equivalence bound")
        }
        self.aim = aim
        self.accuracy = accuracy
        self.chance = chance
        self.alpha = alpha
    }

    /// The probability that a test over `caseCount` images succeeds.
    ///
    /// - Throws: `StudyError.outOfRange` unless the count is in 1...`largestSize`.
    public func power(caseCount: Int) throws(StudyError) -> Double {
        try StudyError.check(Double(caseCount), in: 1...Double(Self.largestSize), "the sample size")
        let expected = BinomialDistribution(trials: caseCount, probability: accuracy)
        let succeeds: [Bool]
        switch aim {
        case .difference:
            let hypothesis = BinomialDistribution(trials: caseCount, probability: chance)
            succeeds = BinomialTest.twoSided(hypothesis).map { $0 <= alpha }
        case .equivalence(let margin):
            let lower = BinomialDistribution(trials: caseCount, probability: chance - margin)
            let upper = BinomialDistribution(trials: caseCount, probability: chance + margin)
            succeeds = (0...caseCount).map {
                max(lower.atLeast($0), upper.cumulative($0)) <= alpha
            }
        }
        return min(1, succeeds.indices.reduce(0) { $0 + (succeeds[$1] ? expected.mass($1) : 0) })
    }

    /// The smallest number of images that reaches a power and keeps it for the next `run` sizes.
    ///
    /// Exact power falls back at some sizes as it grows, hence the run.
    ///
    /// - Throws: `StudyError` for a power outside 0...1, or if `largestSize` images do not do.
    public func caseCount(power: Double, run: Int = 20) throws(StudyError) -> Int {
        try StudyError.check(power, between: 0, and: 1, "the power")
        try StudyError.check(Double(run), in: 1...1000, "the run of sizes")
        var reached: Int?
        for count in 1...Self.largestSize {
            guard try self.power(caseCount: count) >= power else {
                reached = nil
                continue
            }
            let start = reached ?? count
            reached = start
            if count - start + 1 >= run { return start }
        }
        throw .undefined(
            statistic: "the sample size",
            reason: "\(Self.largestSize) images do not reach a power of \(power)"
        )
    }
}
