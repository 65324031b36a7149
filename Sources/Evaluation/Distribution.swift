/// What a list of numbers looks like.
public struct Distribution: Sendable {
    private let sorted: [Double]

    /// Takes the numbers in any order.
    public init(_ values: some Sequence<Double>) {
        sorted = values.sorted()
    }

    /// How many numbers there are.
    public var count: Int { sorted.count }

    /// The mean; not a number where there are none.
    public var mean: Double { sorted.reduce(0, +) / Double(count) }

    /// The standard deviation of the sample, with n - 1; not a number for fewer than two.
    public var standardDeviation: Double {
        guard count > 1 else { return .nan }
        let mean = mean
        let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(count - 1)).squareRoot()
    }

    /// The number below which this share of the list lies, linear between two of it (R's type 7, numpy's default).
    ///
    /// - Parameter share: 0...1.
    /// - Returns: not a number where there are no numbers.
    public func quantile(_ share: Double) -> Double {
        guard let last = sorted.last else { return .nan }
        let position = min(max(share, 0), 1) * Double(count - 1)
        let index = Int(position)
        guard index + 1 < count else { return last }
        return sorted[index] + (sorted[index + 1] - sorted[index]) * (position - Double(index))
    }
}
