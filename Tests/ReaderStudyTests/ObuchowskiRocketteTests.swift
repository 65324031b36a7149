import ReaderStudy
import Testing

struct ObuchowskiRocketteTests {
    /// Ratings by condition and reader: 18 fake images, then 22 real ones.
    private func ratings() throws -> [[ObuchowskiRockette.Ratings]] {
        let shape = try Goldens.whole("mrmc.shape")[0]
        let rows = try Goldens.full("mrmc").map {
            ObuchowskiRockette.Ratings(
                positives: Array($0.prefix(shape[2])),
                negatives: Array($0.dropFirst(shape[2]))
            )
        }
        return [Array(rows.prefix(shape[1])), Array(rows.dropFirst(shape[1]))]
    }

    private func numbers(_ analysis: ObuchowskiRockette) throws -> [Double] {
        let comparison = try analysis.comparison()
        let difference = try comparison.difference(0, 1)
        let covariances = analysis.covariances
        return [
            comparison.fStatistic, comparison.denominatorDegreesOfFreedom, comparison.pValue,
            difference.lower, difference.upper,
            covariances.cov1, covariances.cov2, covariances.cov3,
        ]
    }

    @Test func `Van Dyke's study has the published F, degrees of freedom and intervals`() throws {
        let published = try Goldens.values("van-dyke.covariances")
        let analysis = try ObuchowskiRockette(
            figures: Goldens.full("van-dyke"),
            covariances: .init(cov1: published[0], cov2: published[1], cov3: published[2]),
            cov2ByCondition: Array(published[3...])
        )
        // The inputs are printed with 8 digits, which leaves about 7 in the results.
        let found = Array(try numbers(analysis).prefix(5))
        try expect(found, equal: "van-dyke.test", relative: 1e-6, absolute: 1e-7)
        let means = try (0...1).flatMap { condition in
            let mean = try analysis.mean(ofCondition: condition)
            let interval = try mean.interval()
            return [
                mean.value, mean.standardError, mean.degreesOfFreedom, interval.lower,
                interval.upper,
            ]
        }
        try expect(means, equal: "van-dyke.means", relative: 1e-6)
    }

    @Test func `areas and DeLong's covariances equal those of the definition`() throws {
        let analysis = try ObuchowskiRockette(areasOf: ratings())
        try expect(Array(analysis.figures.joined()), equal: "mrmc.areas")
        try expect(numbers(analysis), equal: "mrmc.areas.or", relative: 1e-8)
        let variances = try ratings().joined().map {
            try AreaUnderCurve(positives: $0.positives, negatives: $0.negatives).variance
        }
        // The package behind them keeps ranks in float32.
        try expect(variances, equal: "mrmc.areas.variances", relative: 1e-6)
    }

    @Test func `the binary variant equals the same analysis of sample covariances`() throws {
        let answers = try ratings().map { $0.map { $0.positives.map { $0 > 0 } } }
        let analysis = try ObuchowskiRockette(sharesOf: answers)
        try expect(numbers(analysis), equal: "mrmc.shares.or", relative: 1e-8)
    }

    @Test func `readers, conditions and cases may be exchanged`() throws {
        let rows = try ratings()
        let analysis = try ObuchowskiRockette(areasOf: rows).comparison()
        let exchanged = try ObuchowskiRockette(
            areasOf: rows.reversed().map { row in
                row.reversed().map {
                    .init(positives: $0.positives.reversed(), negatives: $0.negatives.reversed())
                }
            }
        ).comparison()
        #expect(agree(analysis.fStatistic, exchanged.fStatistic, within: 1e-9))
        #expect(agree(analysis.pValue, exchanged.pValue, within: 1e-9))
        #expect(agree(analysis.means[0], exchanged.means[1]))
    }

    @Test func `two conditions' F is the square of the difference by its error`() throws {
        let comparison = try ObuchowskiRockette(areasOf: ratings()).comparison()
        let t = (comparison.means[0] - comparison.means[1]) / comparison.differenceStandardError
        #expect(agree(comparison.fStatistic, t * t, within: 1e-9))
    }

    @Test func `images of their own leave no covariance between conditions`() throws {
        let rows = try ratings()
        let nested = try ObuchowskiRockette(areasOf: rows, design: .nested)
        let crossed = try ObuchowskiRockette(areasOf: rows)
        #expect(nested.covariances.cov1 == 0 && nested.covariances.cov3 == 0)
        #expect(nested.cov2ByCondition == crossed.cov2ByCondition)
        #expect(try nested.comparison().pValue > crossed.comparison().pValue)
        let answers = [
            [[true, false, true], [true, true, false]], [[true, false], [true, true]],
        ]
        #expect(throws: StudyError.self) { try ObuchowskiRockette(sharesOf: answers) }
        #expect(try ObuchowskiRockette(sharesOf: answers, design: .nested).figures.count == 2)
    }

    @Test func `shared real images leave their part of the covariance`() throws {
        let rows = try ratings()
        let analysis = try ObuchowskiRockette(areasOf: rows, design: .sharedReals)
        try expect(numbers(analysis), equal: "mrmc.shared-reals.or", relative: 1e-8)
        var fewer = rows
        for reader in fewer[1].indices { fewer[1][reader].positives.removeLast() }
        #expect(try ObuchowskiRockette(areasOf: fewer, design: .sharedReals).figures.count == 2)
        #expect(throws: StudyError.self) { try ObuchowskiRockette(areasOf: fewer) }
        for reader in fewer[1].indices { fewer[1][reader].negatives.removeLast() }
        #expect(throws: StudyError.self) {
            try ObuchowskiRockette(areasOf: fewer, design: .sharedReals)
        }
        #expect(throws: StudyError.self) {
            try ObuchowskiRockette(
                sharesOf: [[[true, false], [true, true]]],
                design: .sharedReals
            )
        }
    }

    @Test func `covariances that would lower the error count as none`() throws {
        let analysis = try ObuchowskiRockette(
            figures: [[0.7, 0.8, 0.6], [0.9, 0.8, 0.85]],
            covariances: .init(cov1: 0, cov2: 0.001, cov3: 0.002),
            cov2ByCondition: [-0.001, 0.001]
        )
        // MS(T) = 3 * 0.15^2 / 2 and MS(TR) = 0.0175 / 2, both by hand.
        let comparison = try analysis.comparison()
        #expect(agree(comparison.denominatorDegreesOfFreedom, 2))
        #expect(agree(comparison.fStatistic, 0.03375 / 0.00875, within: 1e-9))
        let mean = try analysis.mean(ofCondition: 0)
        #expect(agree(mean.degreesOfFreedom, 2))
        #expect(agree(mean.standardError, 0.1 / 3.0.squareRoot()))
        let test = mean.test()
        // t = 0.2 * sqrt(3) / 0.1 with 2 degrees of freedom: p = 1 - t / sqrt(2 + t^2).
        let t = 12.0.squareRoot()
        #expect(agree(test.statistic, t) && agree(test.pValue, 1 - t / 14.0.squareRoot()))
    }

    @Test func `readers who do not vary, missing readers and lone conditions are refused`() throws {
        let alike = [[true, false, true], [true, false, true]]
        let analysis = try ObuchowskiRockette(sharesOf: [alike])
        #expect(throws: StudyError.self) { try analysis.mean(ofCondition: 0) }
        #expect(throws: StudyError.self) { try analysis.mean(ofCondition: 1) }
        #expect(throws: StudyError.self) { try analysis.comparison() }
        #expect(throws: StudyError.self) { try ObuchowskiRockette(sharesOf: [[[true, false]]]) }
        #expect(throws: StudyError.self) { try ObuchowskiRockette(sharesOf: [alike, [[true]]]) }
        #expect(throws: StudyError.self) { try ObuchowskiRockette(sharesOf: []) }
    }
}
