import Testing

@testable import Workflows

struct DistanceThresholdsTests {
    @Test func `each set has the percentile of its own held-out images`() {
        // numpy.quantile(range(0, 101), 0.01) is 1, numpy.quantile([10, 20, 30], 0.01) is 10.2.
        let many = (0...100).map { ("hands", Double($0)) }
        let few = [20.0, 10, 30].map { ("knees", $0) }
        let pairs = (many + few).shuffled()
        let thresholds = DistanceThresholds(
            pairs.map { $0.1 },
            of: pairs.map { $0.0 },
            share: 0.01
        )
        #expect(thresholds["hands"] == 1)
        #expect(abs(thresholds["knees"] - 10.2) < 1e-12)
        // A set of which nothing is held out: of all 104, the value at 1.03.
        #expect(abs(thresholds["brains"] - 1.03) < 1e-12)
    }
}
