extension StudyPower {
    /// A number of images and the power that was simulated for it.
    public struct SampleSize: Sendable, Equatable {
        /// Images.
        public var caseCount: Int
        /// The share of simulated studies that rejected chance.
        public var power: Proportion
    }

    /// The smallest number of images that reaches a power, whatever `caseCount` is.
    ///
    /// The number is found by bisection between simulations that share their seed, so it is as sure as
    /// the simulated power is: ask for more studies to be surer.
    ///
    /// - Parameters:
    ///   - power: the wanted power, between 0 and 1.
    ///   - studyCount: simulated studies for each number of images tried.
    ///   - seed: the simulations' seed.
    /// - Returns: the number and its power.
    /// - Throws: `StudyError` for a power out of range, or where `BinomialPower.largestSize` images do
    ///   not reach it, as when readers differ too much.
    public func sampleSize(
        power: Double,
        studyCount: Int = 1000,
        seed: UInt64 = 0
    ) throws(StudyError) -> SampleSize {
        try StudyError.check(power, between: 0, and: 1, "the power")
        func attempt(_ caseCount: Int) throws(StudyError) -> SampleSize {
            var design = self
            design.caseCount = caseCount
            return try design.simulatedPower(studyCount: studyCount, seed: seed)
        }
        let largest = BinomialPower.largestSize
        var tooFew = 1
        var enough = try attempt(8)
        while enough.power.value < power {
            guard enough.caseCount < largest else {
                throw .undefined(
                    statistic: "the sample size",
                    reason: "\(largest) images reach a power of \(enough.power.value) only; "
                        + "more readers would help"
                )
            }
            tooFew = enough.caseCount
            enough = try attempt(min(largest, 2 * enough.caseCount))
        }
        while enough.caseCount - tooFew > 1 {
            let middle = try attempt((tooFew + enough.caseCount) / 2)
            if middle.power.value < power { tooFew = middle.caseCount } else { enough = middle }
        }
        return enough
    }

    /// The simulated power of a study of `caseCount` images, as `sampleSize` computes it.
    ///
    /// - Throws: `StudyError.tooFew` for no study.
    public func simulatedPower(
        studyCount: Int = 1000,
        seed: UInt64 = 0
    ) throws(StudyError) -> SampleSize {
        var generator = SeededGenerator(seed: seed, stream: "power")
        let found = try simulated(studyCount: studyCount, generator: &generator)
        return SampleSize(caseCount: caseCount, power: found.power)
    }
}
