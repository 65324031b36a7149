import Foundation
import ReaderStudy
import Testing

struct DistributionTests {
    private let betas = [(0.5, 0.5), (3, 18), (200, 150), (1e4, 2e4)].map {
        BetaDistribution($0.0, $0.1)
    }
    private let gammas = [0.5, 1, 7.3, 300].map { GammaDistribution($0) }
    private let chiSquares = [1.0, 2, 9].map { ChiSquareDistribution(degreesOfFreedom: $0) }
    private let students = [1, 2.5, 15.259675, 400].map {
        StudentTDistribution(degreesOfFreedom: $0)
    }
    private let fs = [(1, 15.259675), (3, 2.2), (40, 60)].map {
        FDistribution(numerator: $0.0, denominator: $0.1)
    }
    private let binomials = [(20, 0.5), (7, 0.03), (1000, 0.61)].map {
        BinomialDistribution(trials: $0.0, probability: $0.1)
    }

    /// Every distribution at every argument, distribution by distribution.
    private func grid<D, X>(_ distributions: [D], _ at: [X], _ value: (D) -> (X) -> Double)
        -> [Double]
    {
        distributions.flatMap { distribution in at.map { value(distribution)($0) } }
    }

    @Test func `the normal distribution equals scipy's`() throws {
        let points = [-30, -8.2, -1.96, 0, 0.3, 5]
        try expect(points.map(StandardNormal.cumulative), equal: "normal.cdf", absolute: 0)
        let levels = [1e-30, 1e-9, 0.025, 0.5, 0.77, 0.999999]
        try expect(levels.map(StandardNormal.quantile), equal: "normal.ppf")
    }

    @Test func `the beta distribution equals scipy's`() throws {
        let points = [1e-6, 0.1, 0.3333, 0.56, 0.999]
        try expect(
            grid(betas, points, BetaDistribution.cumulative),
            equal: "beta.cdf",
            absolute: 1e-300
        )
        let levels = [1e-9, 0.025, 0.5, 0.975]
        try expect(grid(betas, levels, BetaDistribution.quantile), equal: "beta.ppf", absolute: 0)
    }

    @Test func `the gamma distribution equals scipy's in both tails`() throws {
        let points = [1e-3, 0.9, 8, 290, 350]
        try expect(grid(gammas, points, GammaDistribution.cumulative), equal: "gamma.cdf")
        try expect(
            grid(gammas, points, GammaDistribution.survival),
            equal: "gamma.sf",
            absolute: 1e-300
        )
        let levels = [1e-6, 0.025, 0.5, 0.975, 0.9999]
        try expect(
            grid(gammas, levels, GammaDistribution.quantile),
            equal: "gamma.ppf",
            absolute: 0
        )
    }

    @Test func `the chi-square distribution equals scipy's`() throws {
        let points = [0.01, 3.841459, 40, 700]
        try expect(
            grid(chiSquares, points, ChiSquareDistribution.survival),
            equal: "chi2.sf",
            absolute: 1e-300
        )
        let levels = [0.001, 0.5, 0.95]
        try expect(grid(chiSquares, levels, ChiSquareDistribution.quantile), equal: "chi2.ppf")
    }

    @Test func `the t distribution equals scipy's`() throws {
        let points = [-12, -2.1109995, -1e-5, 0, 0.7, 30]
        try expect(grid(students, points, StudentTDistribution.cumulative), equal: "t.cdf")
        let levels = [1e-6, 0.025, 0.5, 0.6, 0.975]
        try expect(
            grid(students, levels, StudentTDistribution.quantile),
            equal: "t.ppf",
            relative: 1e-8
        )
    }

    @Test func `the F distribution equals scipy's`() throws {
        let points = [1e-4, 1, 4.4563187, 90]
        try expect(grid(fs, points, FDistribution.survival), equal: "f.sf", absolute: 1e-300)
        try expect(
            grid(fs, [0.01, 0.5, 0.95], FDistribution.quantile),
            equal: "f.ppf",
            relative: 1e-8
        )
    }

    @Test func `the binomial distribution equals scipy's`() throws {
        try expect(
            grid(binomials, [0, 3, 7], BinomialDistribution.mass),
            equal: "binomial.pmf",
            absolute: 0
        )
        let counts = [0, 3, 7, 600]
        try expect(grid(binomials, counts, BinomialDistribution.cumulative), equal: "binomial.cdf")
        try expect(grid(binomials, counts, BinomialDistribution.atLeast), equal: "binomial.sf")
    }

    @Test(arguments: [1e6, 9.9e6, 1.01e7, 1e12, 1e300])
    func `many degrees of freedom lead to the normal and chi-square distributions`(
        degreesOfFreedom: Double
    ) {
        let student = StudentTDistribution(degreesOfFreedom: degreesOfFreedom)
        let f = FDistribution(numerator: 2, denominator: degreesOfFreedom)
        for t in [0.1, 1.5, 3] {
            #expect(agree(student.twoSided(t), StandardNormal.twoSided(t), within: 1e-6))
            // A chi-square of 2 degrees of freedom has the survival exp(-x / 2); 2 t / 2 here.
            #expect(agree(f.survival(t), exp(-t), within: 1e-6))
        }
    }

    @Test func `quantiles undo cumulative probabilities`() {
        for level in stride(from: 0.01, to: 1, by: 0.07) {
            #expect(agree(StandardNormal.cumulative(StandardNormal.quantile(level)), level))
            for beta in betas {
                #expect(agree(beta.cumulative(beta.quantile(level)), level, within: 1e-9))
            }
            for f in fs { #expect(agree(f.cumulative(f.quantile(level)), level, within: 1e-9)) }
        }
    }
}
