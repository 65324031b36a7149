import ReaderStudy
import Testing

struct ROCCurveTests {
    private func ratings() throws -> (positives: [Double], negatives: [Double]) {
        let truth = try Goldens.full("roc.truth")[0]
        let scores = try Goldens.full("roc.scores")[0]
        let pairs = Array(zip(truth, scores))
        return (pairs.filter { $0.0 == 1 }.map(\.1), pairs.filter { $0.0 == 0 }.map(\.1))
    }

    @Test func `the points equal scikit-learn's`() throws {
        let (positives, negatives) = try ratings()
        let curve = try ROCCurve(positives: positives, negatives: negatives)
        try expect(
            curve.points.flatMap { [$0.falsePositiveRate, $0.truePositiveRate] },
            equal: "roc.points"
        )
    }

    @Test func `the trapezoids under the points make the area`() throws {
        let (positives, negatives) = try ratings()
        let points = try ROCCurve(positives: positives, negatives: negatives).points
        let area = zip(points, points.dropFirst()).reduce(0) { sum, pair in
            sum + (pair.1.falsePositiveRate - pair.0.falsePositiveRate)
                * (pair.0.truePositiveRate + pair.1.truePositiveRate) / 2
        }
        try expect([area], equal: "auc")
    }

    @Test func `Newcombe's interval solves its equation, at the ends too`() throws {
        // A fake at k + 1/2 beats k of the real images at 1 to 10: 62 of 10 x 10 pairs in the second.
        let ratings: [(positives: [Double], negatives: [Double])] = [
            ([Double](repeating: 0, count: 10), [Double](repeating: 1, count: 12)),
            ([Double](repeating: 6.5, count: 8) + [7.5, 7.5], (1...10).map(Double.init)),
            ([Double](repeating: 2, count: 20), [Double](repeating: 1, count: 20)),
        ]
        let found = try ratings.flatMap { item in
            let area = try AreaUnderCurve(positives: item.positives, negatives: item.negatives)
            return try [0.9, 0.95].flatMap { level in
                let interval = try area.newcombeInterval(level: level)
                return [interval.lower, interval.upper]
            }
        }
        try expect(found, equal: "newcombe", relative: 1e-9, absolute: 1e-9)
    }
}
