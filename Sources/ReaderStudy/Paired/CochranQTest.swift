/// Whether several readers are right equally often on the same cases.
///
/// - SeeAlso: Cochran, Biometrika 37 (1950) 256.
public enum CochranQTest {
    /// Computes Q and its p-value on the chi-square approximation.
    ///
    /// - Parameter answers: right or not, a row per case, a column per reader.
    /// - Returns: Q and its p-value.
    /// - Throws: `StudyError` for fewer than 2 readers, ragged rows, or where every case was
    ///   answered alike by all readers.
    public static func result(_ answers: [[Bool]]) throws(StudyError) -> TestResult {
        let matrix = try RatingMatrix(answers.map { $0.map { $0 ? 1 : 0 } }, categoryCount: 2)
        let k = Double(matrix.readerCount)
        let rowSums = answers.map { row in Double(row.count { $0 }) }
        let columnSums = (0..<matrix.readerCount).map { reader in
            Double(answers.count { $0[reader] })
        }
        let total = rowSums.reduce(0, +)
        let denominator = k * total - rowSums.reduce(0) { $0 + $1 * $1 }
        guard denominator > 0 else {
            throw .undefined(
                statistic: "Cochran's Q",
                reason: "the readers agree on every case"
            )
        }
        let squares = columnSums.reduce(0) { $0 + $1 * $1 }
        let statistic = (k - 1) * (k * squares - total * total) / denominator
        return TestResult(
            statistic: statistic,
            pValue: ChiSquareDistribution(degreesOfFreedom: k - 1).survival(statistic)
        )
    }
}
