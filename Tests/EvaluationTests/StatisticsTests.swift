import Evaluation
import Testing

struct StatisticsTests {
    /// scipy 1.x: `binomtest(count, total).proportion_ci(method="wilson")`.
    @Test(arguments: [
        (18, 20, 0.6989663547715128, 0.9721335187862319),
        (20, 20, 0.8388748419471808, 1.0),
        (0, 20, 0.0, 0.16112515805281935),
        (181, 200, 0.8563983883518006, 0.9383368972826135),
    ])
    func `Wilson's interval equals scipy's`(count: Int, total: Int, low: Double, high: Double) {
        let interval = Proportion(count: count, total: total).wilsonInterval
        #expect(abs(interval.lowerBound - low) < 1e-12)
        #expect(abs(interval.upperBound - high) < 1e-12)
    }

    @Test func `nothing seen leaves everything possible`() {
        #expect(Proportion(count: 0, total: 0).wilsonInterval == 0...1)
    }

    /// `numpy.quantile([3.5, -1, 2, 8, 0.25, 4], share)`.
    @Test(arguments: [
        (0.0, -1.0), (0.01, -0.9375), (0.25, 0.6875), (0.5, 2.75), (0.9, 6.0), (1.0, 8.0),
    ])
    func `quantiles equal numpy's`(share: Double, expected: Double) {
        let found = Distribution([3.5, -1, 2, 8, 0.25, 4]).quantile(share)
        #expect(abs(found - expected) < 1e-12)
    }

    /// `numpy.mean` and `numpy.std(ddof=1)` of the same numbers.
    @Test func `mean and standard deviation equal numpy's`() {
        let distribution = Distribution([3.5, -1, 2, 8, 0.25, 4])
        #expect(abs(distribution.mean - 2.7916666666666665) < 1e-12)
        #expect(abs(distribution.standardDeviation - 3.1796881398443255) < 1e-12)
    }

    @Test func `no numbers have no quantile`() {
        #expect(Distribution([]).quantile(0.5).isNaN)
    }

    /// scikit-learn's user guide on `balanced_accuracy_score`:
    /// y_true = [0, 1, 0, 0, 1, 0], y_pred = [0, 1, 0, 0, 0, 1] gives 0.625.
    @Test func `balanced accuracy equals scikit-learn's example`() {
        var matrix = ConfusionMatrix(classCount: 3)
        for (truth, prediction) in zip([0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1]) {
            matrix.record(truth: truth, prediction: prediction)
        }
        #expect(matrix.balancedAccuracy == 0.625)
        #expect(matrix.accuracy == Proportion(count: 4, total: 6))
        #expect(matrix.recall(0) == Proportion(count: 3, total: 4))
        #expect(matrix.counts[1] == [1, 1, 0])
    }
}
