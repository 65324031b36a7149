/// A test statistic and its p-value.
public struct TestResult: Sendable, Equatable, Codable {
    /// The statistic.
    public var statistic: Double
    /// The p-value.
    public var pValue: Double

    /// Takes both.
    public init(statistic: Double, pValue: Double) {
        (self.statistic, self.pValue) = (statistic, pValue)
    }
}
