/// A share of a sample, with how sure one can be of it.
public struct Proportion: Sendable, Equatable, Encodable {
    /// How many had the property.
    public let count: Int
    /// How many were looked at.
    public let total: Int

    /// Makes a share; `total` is at least 1 and at least `count`.
    public init(count: Int, total: Int) {
        self.count = count
        self.total = total
    }

    /// The share, 0...1.
    public var value: Double { total > 0 ? Double(count) / Double(total) : .nan }

    /// The 95 % score interval, without continuity correction.
    ///
    /// - SeeAlso: Wilson, Probable inference, the law of succession, and statistical inference, J. Am. Stat. Assoc.
    ///   22:209 (1927).
    public var wilsonInterval: ClosedRange<Double> {
        guard total > 0 else { return 0...1 }
        let z = 1.959963984540054  // the 97.5th percentile of the unit Gaussian
        let (n, p) = (Double(total), value)
        let center = (p + z * z / (2 * n)) / (1 + z * z / n)
        let reach = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        return max(center - reach, 0)...min(center + reach, 1)
    }

    /// Writes count, total, share and interval.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(count, forKey: .count)
        try container.encode(total, forKey: .total)
        guard total > 0 else { return }
        try container.encode(value, forKey: .value)
        try container.encode(wilsonInterval.lowerBound, forKey: .low)
        try container.encode(wilsonInterval.upperBound, forKey: .high)
    }

    private enum Keys: String, CodingKey {
        case count, total, value
        case low = "wilson95Low"
        case high = "wilson95High"
    }
}
