extension ObuchowskiRockette {
    /// The F test of equal conditions.
    public struct Comparison: Sendable, Equatable {
        /// The F statistic.
        public let fStatistic: Double
        /// Conditions less 1.
        public let numeratorDegreesOfFreedom: Double
        /// Hillis' denominator degrees of freedom.
        public let denominatorDegreesOfFreedom: Double
        /// The p-value.
        public let pValue: Double
        /// The mean figure of each condition over readers.
        public let means: [Double]
        /// The standard error of the difference of two conditions' means.
        public let differenceStandardError: Double

        /// The interval of `means[first] - means[second]`.
        ///
        /// - Throws: `StudyError.outOfRange` for a condition that is not there, or a level
        ///   outside 0...1.
        public func difference(
            _ first: Int,
            _ second: Int,
            level: Double = 0.95
        ) throws(StudyError) -> ConfidenceInterval {
            try ConfidenceInterval.check(level: level)
            for condition in [first, second] {
                try StudyError.check(
                    Double(condition),
                    in: 0...Double(means.count - 1),
                    "a condition"
                )
            }
            return .symmetric(
                around: means[first] - means[second],
                standardError: differenceStandardError,
                quantile: StudentTDistribution(degreesOfFreedom: denominatorDegreesOfFreedom)
                    .quantile(0.5 + level / 2),
                level: level
            )
        }
    }

    /// A mean over readers with its uncertainty over readers and cases.
    public struct MeanFigure: Sendable, Equatable {
        /// The mean.
        public let value: Double
        /// Its standard error.
        public let standardError: Double
        /// Hillis' degrees of freedom.
        public let degreesOfFreedom: Double

        /// Student's interval.
        ///
        /// - Throws: `StudyError.outOfRange` for a level outside 0...1.
        public func interval(level: Double = 0.95) throws(StudyError) -> ConfidenceInterval {
            try ConfidenceInterval.check(level: level)
            return .symmetric(
                around: value,
                standardError: standardError,
                quantile: StudentTDistribution(degreesOfFreedom: degreesOfFreedom)
                    .quantile(0.5 + level / 2),
                level: level
            )
        }

        /// The two-sided test against a value, 0.5 for chance.
        public func test(against expected: Double = 0.5) -> TestResult {
            let t = (value - expected) / standardError
            return TestResult(
                statistic: t,
                pValue: StudentTDistribution(degreesOfFreedom: degreesOfFreedom).twoSided(t)
            )
        }
    }
}
