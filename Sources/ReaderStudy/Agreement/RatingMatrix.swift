/// Categories given by readers to cases: a row per case, a column per reader, nil where missing.
public struct RatingMatrix: Sendable, Equatable {
    /// How often one case was put into each category.
    struct RatedCase {
        /// How many times the case counts.
        let weight: Double
        /// The readers who chose each category.
        let counts: ArraySlice<Double>
        /// The readers who rated the case.
        let readings: Double

        /// The share of agreeing pairs of its readers, of which there must be one.
        var agreement: Double {
            counts.reduce(0) { $0 + $1 * ($1 - 1) } / (readings * (readings - 1))
        }
    }

    /// The categories, from 0 to `categoryCount - 1`.
    public let ratings: [[Int?]]
    /// The number of categories of the scale, used or not.
    public let categoryCount: Int
    /// How many times each case counts: once, but in a sample as often as it was drawn.
    private var weights: [Double]
    /// How many readers chose each category, case by case.
    private let counts: [Double]

    /// Creates a matrix.
    ///
    /// - Throws: `StudyError` without cases, for fewer than 2 readers or categories, for rows of
    ///   different length, or categories off the scale.
    public init(_ ratings: [[Int?]], categoryCount: Int) throws(StudyError) {
        try StudyError.check(ratings.count, atLeast: 1, "rated cases")
        try StudyError.check(ratings.first?.count ?? 0, atLeast: 2, "readers")
        try StudyError.check(categoryCount, atLeast: 2, "categories")
        let readerCount = ratings.first?.count ?? 0
        var counts = [Double](repeating: 0, count: ratings.count * categoryCount)
        for (index, row) in ratings.enumerated() {
            guard row.count == readerCount else {
                throw .lengths(what: "ratings of two cases", first: readerCount, second: row.count)
            }
            for category in row.compactMap(\.self) {
                try StudyError.check(
                    Double(category),
                    in: 0...Double(categoryCount - 1),
                    "a category"
                )
                counts[index * categoryCount + category] += 1
            }
        }
        self.ratings = ratings
        self.categoryCount = categoryCount
        self.counts = counts
        weights = [Double](repeating: 1, count: ratings.count)
    }

    /// The number of readers.
    public var readerCount: Int { ratings.first?.count ?? 0 }

    /// The matrix in which some cases count, as often as they are named: a bootstrap sample.
    ///
    /// It shares the ratings of this matrix, since a report draws samples by the ten thousand.
    ///
    /// - Throws: `StudyError` for no case, or an index beyond the cases.
    public func selecting(_ cases: [Int]) throws(StudyError) -> RatingMatrix {
        try StudyError.check(cases.count, atLeast: 1, "rated cases")
        var weights = [Double](repeating: 0, count: ratings.count)
        for index in cases {
            guard weights.indices.contains(index) else {
                throw .outOfRange(
                    what: "a case index",
                    found: Double(index),
                    allowed: "from 0 to \(ratings.count - 1)"
                )
            }
            weights[index] += self.weights[index]
        }
        var sample = self
        sample.weights = weights
        return sample
    }

    /// How often two readers gave each pair of categories: a row per category of the first.
    ///
    /// - Throws: `StudyError` for a reader beyond the columns.
    func table(_ first: Int, _ second: Int) throws(StudyError) -> [[Double]] {
        for reader in [first, second] {
            try StudyError.check(Double(reader), in: 0...Double(readerCount - 1), "a reader index")
        }
        var table = [[Double]](
            repeating: [Double](repeating: 0, count: categoryCount),
            count: categoryCount
        )
        for (row, weight) in zip(ratings, weights) where weight > 0 {
            guard let one = row[first], let other = row[second] else { continue }
            table[one][other] += weight
        }
        return table
    }

    /// The cases that anybody rated.
    var ratedCases: some Sequence<RatedCase> {
        weights.indices.lazy.filter { weights[$0] > 0 }.map { index in
            let counts = counts[index * categoryCount..<(index + 1) * categoryCount]
            return RatedCase(
                weight: weights[index],
                counts: counts,
                readings: counts.reduce(0, +)
            )
        }.filter { $0.readings > 0 }
    }
}
