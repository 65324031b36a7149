/// Obuchowski and Rockette's analysis of variance of readers' figures over the same cases.
///
/// Readers and cases are random, every reader reads every case under every condition (a generator,
/// a protocol, a window). Symbols: `I` conditions, `J` readers, `θ_ij` figures, and the averages
/// Cov1 (same reader, other condition), Cov2 (other reader, same condition), Cov3 (both other).
///
/// - SeeAlso: Obuchowski and Rockette, Commun. Stat. Simul. Comput. 24 (1995) 285; Hillis, Stat.
///   Med. 26 (2007) 596, for the degrees of freedom; Hillis, Stat. Med. 33 (2014) 330.
public struct ObuchowskiRockette: Sendable, Equatable {
    /// The averaged covariances of the figures, over cases.
    public struct ErrorCovariances: Sendable, Equatable, Codable {
        /// Same reader, different conditions.
        public var cov1: Double
        /// Different readers, same condition.
        public var cov2: Double
        /// Different readers and conditions.
        public var cov3: Double

        /// Takes three averages.
        public init(cov1: Double, cov2: Double, cov3: Double) {
            (self.cov1, self.cov2, self.cov3) = (cov1, cov2, cov3)
        }
    }

    /// Readers' figures: a row per condition, a column per reader.
    public let figures: [[Double]]
    /// The averaged covariances.
    public let covariances: ErrorCovariances
    /// Cov2 of each condition alone.
    public let cov2ByCondition: [Double]

    /// Takes figures and covariances from elsewhere.
    ///
    /// - Parameters:
    ///   - figures: a row per condition (at least 1), a column per reader (at least 2).
    ///   - covariances: averages over pairs; cov1 and cov3 are not read with one condition.
    ///   - cov2ByCondition: one number a condition.
    /// - Throws: `StudyError` for shapes that do not fit or values that are not finite.
    public init(
        figures: [[Double]],
        covariances: ErrorCovariances,
        cov2ByCondition: [Double]
    ) throws(StudyError) {
        try StudyError.check(figures.count, atLeast: 1, "conditions")
        let readerCount = figures.first?.count ?? 0
        try StudyError.check(readerCount, atLeast: 2, "readers")
        for row in figures {
            guard row.count == readerCount else {
                throw .lengths(
                    what: "readers of two conditions",
                    first: readerCount,
                    second: row.count
                )
            }
            try StudyError.checkFinite(row, "a figure")
        }
        guard cov2ByCondition.count == figures.count else {
            throw .lengths(
                what: "conditions and their Cov2",
                first: figures.count,
                second: cov2ByCondition.count
            )
        }
        try StudyError.checkFinite(
            [covariances.cov1, covariances.cov2, covariances.cov3] + cov2ByCondition,
            "a covariance"
        )
        self.figures = figures
        self.covariances = covariances
        self.cov2ByCondition = cov2ByCondition
    }

    /// Tests that all conditions have the same mean figure, by Hillis' degrees of freedom.
    ///
    /// - Throws: `StudyError` for fewer than 2 conditions, and where readers' figures do not vary.
    public func comparison() throws(StudyError) -> Comparison {
        try StudyError.check(figures.count, atLeast: 2, "conditions to compare")
        let i = Double(figures.count)
        let j = Double(readerCount)
        let means = figures.map(Moments.mean)
        let readerMeans = (0..<readerCount).map { reader in
            figures.reduce(0) { $0 + $1[reader] } / i
        }
        let grandMean = Moments.mean(means)
        let conditionSquare = j * Moments.covariance(means, means)
        var interaction = 0.0
        for (row, mean) in zip(figures, means) {
            for (value, readerMean) in zip(row, readerMeans) {
                let residual = value - mean - readerMean + grandMean
                interaction += residual * residual
            }
        }
        interaction /= (i - 1) * (j - 1)
        let error = interaction + j * max(0, covariances.cov2 - covariances.cov3)
        // Rounding leaves residuals of some 1e-16 where figures agree exactly.
        guard interaction > 1e-24 else { throw Self.noReaderVariation }
        let degreesOfFreedom = error * error / (interaction * interaction) * (i - 1) * (j - 1)
        let statistic = conditionSquare / error
        return Comparison(
            fStatistic: statistic,
            numeratorDegreesOfFreedom: i - 1,
            denominatorDegreesOfFreedom: degreesOfFreedom,
            pValue: FDistribution(numerator: i - 1, denominator: degreesOfFreedom)
                .survival(statistic),
            means: means,
            differenceStandardError: (2 * error / j).squareRoot()
        )
    }

    /// The mean figure of one condition over readers, from that condition's readings alone.
    ///
    /// - Throws: `StudyError` for a condition that is not there, and where readers' figures do not
    ///   vary.
    public func mean(ofCondition condition: Int) throws(StudyError) -> MeanFigure {
        try StudyError.check(Double(condition), in: 0...Double(figures.count - 1), "a condition")
        let row = figures[condition]
        let j = Double(readerCount)
        let readerSquare = Moments.covariance(row, row)
        guard readerSquare > 1e-24 else { throw Self.noReaderVariation }
        let error = readerSquare + j * max(0, cov2ByCondition[condition])
        return MeanFigure(
            value: Moments.mean(row),
            standardError: (error / j).squareRoot(),
            degreesOfFreedom: error * error / (readerSquare * readerSquare) * (j - 1)
        )
    }

    private var readerCount: Int { figures.first?.count ?? 0 }

    private static var noReaderVariation: StudyError {
        .undefined(
            statistic: "Hillis' degrees of freedom",
            reason: "the readers' figures do not vary"
        )
    }
}
