/// Power of a study with several readers, by simulation.
///
/// Answers follow a probit model with random readers and cases: reader `r` is right on case `c` if
/// `μ + R_r + C_c + ε_rc > 0`, where `R`, `C` and `ε` are normal with deviations `readerDeviation`,
/// `caseDeviation` and 1, and `μ` gives the wanted mean accuracy. Each simulated study is tested as a
/// real one: the mean accuracy over readers against chance, with Hillis' degrees of freedom.
///
/// - SeeAlso: Gallas and Hillis, J. Med. Imaging 1 (2014) 031006, for such simulations.
public struct StudyPower: Sendable, Equatable {
    /// What a simulation found.
    public struct Result: Sendable, Equatable {
        /// The share of simulated studies that rejected chance.
        public var power: Proportion
        /// Studies whose test was not defined (all readers alike); they count as not rejecting.
        public var undefinedCount: Int
    }

    /// The number of readers, at least 2.
    public var readerCount: Int
    /// The number of images, at least 2.
    public var caseCount: Int
    /// The mean accuracy of readers, between 0 and 1.
    public var accuracy: Double
    /// The deviation of readers on the probit scale.
    public var readerDeviation: Double
    /// The deviation of cases on the probit scale.
    public var caseDeviation: Double
    /// The accuracy by chance.
    public var chance: Double
    /// The level of the test.
    public var alpha: Double

    /// Describes a study.
    ///
    /// - Throws: `StudyError` for counts or probabilities out of range.
    public init(
        readerCount: Int,
        caseCount: Int,
        accuracy: Double,
        readerDeviation: Double = 0.2,
        caseDeviation: Double = 0.5,
        chance: Double = 0.5,
        alpha: Double = 0.05
    ) throws(StudyError) {
        try StudyError.check(readerCount, atLeast: 2, "readers")
        try StudyError.check(caseCount, atLeast: 2, "cases")
        try StudyError.check(accuracy, between: 0, and: 1, "the expected accuracy")
        try StudyError.check(readerDeviation, in: 0...100, "the deviation of readers")
        try StudyError.check(caseDeviation, in: 0...100, "the deviation of cases")
        try StudyError.check(chance, between: 0, and: 1, "the accuracy by chance")
        try StudyError.check(alpha, between: 0, and: 1, "the level of a test")
        self.readerCount = readerCount
        self.caseCount = caseCount
        self.accuracy = accuracy
        self.readerDeviation = readerDeviation
        self.caseDeviation = caseDeviation
        self.chance = chance
        self.alpha = alpha
    }

    /// Simulates studies.
    ///
    /// - Throws: `StudyError.tooFew` for no study.
    public func simulated(
        studyCount: Int = 1000,
        generator: inout SeededGenerator
    ) throws(StudyError) -> Result {
        try StudyError.check(studyCount, atLeast: 1, "simulated studies")
        var rejected = 0
        var undefinedCount = 0
        for _ in 0..<studyCount {
            let answers = simulatedAnswers(&generator)
            let analysis = try ObuchowskiRockette(sharesOf: [answers])
            guard let mean = try? analysis.mean(ofCondition: 0) else {
                undefinedCount += 1
                continue
            }
            if mean.test(against: chance).pValue <= alpha { rejected += 1 }
        }
        return Result(
            power: try Proportion(rejected, of: studyCount),
            undefinedCount: undefinedCount
        )
    }

    /// Right or not, a row per reader, a column per case.
    private func simulatedAnswers(_ generator: inout SeededGenerator) -> [[Bool]] {
        let total =
            (1 + readerDeviation * readerDeviation + caseDeviation * caseDeviation).squareRoot()
        let mean = StandardNormal.quantile(accuracy) * total
        let ease = (0..<caseCount).map { _ in caseDeviation * generator.nextNormal() }
        return (0..<readerCount).map { _ in
            let skill = readerDeviation * generator.nextNormal()
            return ease.map { ease in
                // P(μ + R + C + ε > 0) given R and C
                generator.nextUnit() < StandardNormal.cumulative(mean + skill + ease)
            }
        }
    }
}
