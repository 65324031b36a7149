/// Categories given by readers to cases: a row per case, a column per reader, nil where missing.
public struct RatingMatrix: Sendable, Equatable {
    /// The categories, from 0 to `categoryCount - 1`.
    public let ratings: [[Int?]]
    /// The number of categories of the scale, used or not.
    public let categoryCount: Int

    /// Creates a matrix.
    ///
    /// - Throws: `StudyError` without cases, for fewer than 2 readers or categories, for rows of
    ///   different length, or categories off the scale.
    public init(_ ratings: [[Int?]], categoryCount: Int) throws(StudyError) {
        try StudyError.check(ratings.count, atLeast: 1, "rated cases")
        try StudyError.check(ratings.first?.count ?? 0, atLeast: 2, "readers")
        try StudyError.check(categoryCount, atLeast: 2, "categories")
        let readerCount = ratings.first?.count ?? 0
        for row in ratings {
            guard row.count == readerCount else {
                throw .lengths(what: "ratings of two cases", first: readerCount, second: row.count)
            }
            for category in row.compactMap(\.self) {
                try StudyError.check(
                    Double(category),
                    in: 0...Double(categoryCount - 1),
                    "a category"
                )
            }
        }
        self.ratings = ratings
        self.categoryCount = categoryCount
    }

    /// The number of readers.
    public var readerCount: Int { ratings.first?.count ?? 0 }

    /// The matrix of some cases, which may repeat, as a bootstrap sample needs.
    ///
    /// - Throws: `StudyError` for no case, or an index beyond the cases.
    public func selecting(_ cases: [Int]) throws(StudyError) -> RatingMatrix {
        for index in cases {
            try StudyError.check(Double(index), in: 0...Double(ratings.count - 1), "a case index")
        }
        return try RatingMatrix(cases.map { ratings[$0] }, categoryCount: categoryCount)
    }

    /// The two columns of a pair of readers over the cases that both rated.
    ///
    /// - Throws: `StudyError` for a reader beyond the columns.
    public func pair(_ first: Int, _ second: Int) throws(StudyError) -> (
        first: [Int], second: [Int]
    ) {
        for reader in [first, second] {
            try StudyError.check(Double(reader), in: 0...Double(readerCount - 1), "a reader index")
        }
        var columns: (first: [Int], second: [Int]) = ([], [])
        for row in ratings {
            guard let one = row[first], let other = row[second] else { continue }
            columns.first.append(one)
            columns.second.append(other)
        }
        return columns
    }

    /// How many readers chose each category, per case that anybody rated.
    var counts: [[Double]] {
        ratings.compactMap { row in
            let given = row.compactMap(\.self)
            guard !given.isEmpty else { return nil }
            var counts = [Double](repeating: 0, count: categoryCount)
            for category in given { counts[category] += 1 }
            return counts
        }
    }
}
