import Foundation
import ReaderStudy
import Testing

struct StudyReportTests {
    private let settings = StudyReport.Settings(bootstrapSampleCount: 200, seed: 5)

    private func report(_ experiment: SeedExperiment) throws -> StudyReport {
        try StudyReport(
            readings: experiment.readings(),
            cases: experiment.cases(),
            settings: settings
        )
    }

    /// Three readers, 6 real and 6 fake images, one right on all, one on half, one missing a case.
    private func mixed() throws -> (readings: StudyReadings, cases: [ReportedCase]) {
        var readings: [Reading] = []
        for (reader, name) in ["A", "B", "C"].enumerated() {
            for index in 0..<12 where !(reader == 2 && index == 11) {
                let truth: Truth = index < 6 ? .real : .fake
                let isRight = reader == 0 || (index + reader) % 2 == 0
                readings.append(
                    Reading(
                        reader: name,
                        caseID: "case \(index)",
                        truth: truth,
                        answer: isRight == (truth == .real) ? .real : .fake,
                        confidence: 1 + index % 3,
                        seconds: Double(index + 1),
                        position: index
                    )
                )
            }
        }
        let cases = (0..<12).map { index in
            ReportedCase(
                caseID: "case \(index)",
                truth: index < 6 ? .real : .fake,
                attributes: [
                    "modality": index.isMultiple(of: 2) ? "CT" : "XR",
                    "model": index < 6 ? "" : index < 9 ? "one" : "two",
                ]
            )
        }
        return (try StudyReadings(readings), cases)
    }

    @Test(arguments: [(SeedExperiment.ct, 3.0, 0.0321, 0.3789), (.xray, 5, 0.0866, 0.4910)])
    func `the seed experiments give what was published`(
        _ experiment: SeedExperiment,
        _ count: Double,
        _ lower: Double,
        _ upper: Double
    ) throws {
        // The intervals are those of scipy.stats.binomtest(k, 20).proportion_ci(method="exact").
        let report = try report(experiment)
        let real = try #require(report.agreement.unanimity[0].value)
        #expect(real.answer == .real)
        #expect(real.all.successes == count && real.all.trials == 20)
        #expect(agree(real.all.interval.lower, lower, within: 5e-5))
        #expect(agree(real.all.interval.upper, upper, within: 5e-5))
        #expect(real.fake.value == real.all)
        #expect(real.real.value == nil)
    }

    @Test func `synthetic images alone have no specificity and no comparison with chance`() throws {
        let report = try report(.ct)
        let shares = try #require(report.readers[0].shares(.wrong))
        #expect(shares.sensitivity.value?.successes == 10)
        #expect(shares.specificity.value == nil)
        #expect(shares.signalDetection.value == nil)
        #expect(report.readers[0].area.value == nil)
        guard case .undefined(let reason) = shares.chance else {
            Issue.record("a comparison with chance was made")
            return
        }
        #expect(reason.contains("no real image was read"))
        #expect(report.comparison.accuracy.value == nil)
    }

    @Test func `uncertain counts in three ways`() throws {
        let report = try report(.ct)
        let shares = try AnswerTable.UncertainHandling.allCases.map { handling in
            try #require(report.readers[0].shares(handling)?.sensitivity.value)
        }
        // A: 7 real, 10 fake, 3 uncertain
        #expect(shares.map(\.successes) == [10, 10, 11.5])
        #expect(shares.map(\.trials) == [17, 20, 20])
        let half = report.readers[0].shares(.half)?.sensitivity.value
        #expect(half?.clopperPearson.value == nil)
        #expect(half?.interval == half?.wilson)
    }

    @Test func `pairs of readers have table, kappa and bootstrap interval`() throws {
        let pair = try #require(report(.ct).agreement.pairs.first)
        #expect(pair.table == [[3, 0, 4], [0, 1, 2], [2, 0, 8]])
        #expect(pair.agreement.value?.successes == 12)
        // po = 0.6; pe = (7*5 + 3*1 + 10*14) / 400 = 0.445
        let kappa = try #require(pair.kappa.value)
        #expect(agree(kappa.value, (0.6 - 0.445) / (1 - 0.445)))
        let interval = try #require(kappa.interval.value)
        #expect(interval.lower < kappa.value && kappa.value < interval.upper)
        #expect(interval.lower > -0.3 && interval.upper < 0.8)
    }

    @Test func `a reader who is always right is told from chance and has an interval`() throws {
        let (readings, cases) = try mixed()
        let report = try StudyReport(readings: readings, cases: cases, settings: settings)
        let best = report.readers[0]
        #expect(try agree(#require(best.shares(.wrong)?.chance.value), 2 * 0x1p-12))
        #expect(best.area.value?.value == 1 && best.area.value?.method == "Newcombe")
        #expect(report.realCount == 6 && report.fakeCount == 6)
        #expect(report.readingCount == 35 && report.missingCount == 1)
        #expect(report.comparison.completeCount == 11)
    }

    @Test func `pairs of readers are tested on the images all of them answered, Holm-adjusted`()
        throws
    {
        let (readings, cases) = try mixed()
        let report = try StudyReport(readings: readings, cases: cases, settings: settings)
        // Discordant on images 0 to 10: A alone right 6 times against B, 5 times against C; B and C 5 to 6.
        let tests = report.comparison.mcNemar
        #expect(tests.map { $0.first + $0.second } == ["AB", "AC", "BC"])
        for (test, expected) in zip(tests, [(0x1p-5, 3 * 0x1p-5), (0x1p-4, 0x1p-3), (1, 1)]) {
            #expect(try agree(#require(test.pValue.value), expected.0))
            #expect(try agree(#require(test.adjusted), expected.1))
        }
    }

    @Test func `readers who never differ have no test of their difference`() throws {
        let readings = ["A", "B"].flatMap { reader in
            (0..<4).map { index in
                Reading(
                    reader: reader,
                    caseID: "\(index)",
                    truth: index < 2 ? .real : .fake,
                    answer: .real,
                    seconds: 1,
                    position: index
                )
            }
        }
        let report = try StudyReport(
            readings: StudyReadings(readings),
            cases: [],
            settings: settings
        )
        let test = try #require(report.comparison.wilcoxon.first)
        guard case .undefined(let reason) = test.pValue else {
            Issue.record("readers who never differ were tested")
            return
        }
        #expect(reason.contains("no difference is other than zero"))
        #expect(test.adjusted == nil)
        #expect(report.comparison.mcNemar.first?.adjusted == 1)
    }

    @Test func `groups carry the figures of their images`() throws {
        let (readings, cases) = try mixed()
        let report = try StudyReport(readings: readings, cases: cases, settings: settings)
        let modalities = report.subgroups.filter { $0.attribute == "modality" }
        #expect(modalities.map(\.value) == ["CT", "XR"])
        #expect(modalities.map(\.realCount) == [3, 3])
        let ct = modalities[0].readers.map { $0.shares(.wrong)?.accuracy.value?.value }
        // B is right where index + 1 is even, C where index + 2 is: never and always on even indices.
        #expect(ct == [1, 0, 1])
    }

    @Test func `progress grows with the images that were looked at`() throws {
        let (readings, cases) = try mixed()
        var shares: [Double] = []
        let report = try StudyReport(readings: readings, cases: cases, settings: settings) {
            shares.append($0)
        }
        // All 12 images, then the groups' images one group after the other.
        let counts = report.subgroups.map { $0.realCount + $0.fakeCount }
        let total = Double(counts.reduce(12, +))
        let done = (0...counts.count).map { counts.prefix($0).reduce(12, +) }
        #expect(shares == done.map { Double($0) / total })
        #expect(shares.count > 2 && shares.last == 1)
    }

    @Test func `generators are compared against the same real images`() throws {
        let negatives: [[Double]] = [[-3, -2, -1], [-3, -2, 2], [-1, 1, 3]]
        let positives: [[[Double]]] = [
            [[1, 2], [-2, 3], [2, 2]], [[3, 3], [1, 2], [-1, 2]],
        ]
        var rated: [Reading] = []
        for reader in 0..<3 {
            let ratings = negatives[reader] + positives[0][reader] + positives[1][reader]
            for (index, suspicion) in ratings.enumerated() {
                let answer: Answer = suspicion < 0 ? .real : .fake
                rated.append(
                    Reading(
                        reader: "\(reader)",
                        caseID: "\(index)",
                        truth: index < 3 ? .real : .fake,
                        answer: answer,
                        confidence: Int(abs(suspicion)),
                        seconds: 1,
                        position: index
                    )
                )
            }
        }
        let models = ["", "", "", "one", "one", "two", "two"]
        let cases = models.enumerated().map { index, model in
            ReportedCase(
                caseID: "\(index)",
                truth: model.isEmpty ? .real : .fake,
                attributes: ["model": model]
            )
        }
        let report = try StudyReport(
            readings: StudyReadings(rated),
            cases: cases,
            settings: settings
        )
        let comparison = try #require(report.generators.value)
        #expect(comparison.generators == ["one", "two"])
        // Wins of fake over real by hand, of 6 pairs: one 6, 4.5 and 4; two 6, 4.5 and 2.5.
        #expect(agree(comparison.means[0], 14.5 / 18) && agree(comparison.means[1], 13.0 / 18))
        let analysis = try ObuchowskiRockette(
            areasOf: positives.map { condition in
                zip(condition, negatives).map { .init(positives: $0, negatives: $1) }
            },
            design: .sharedReals
        ).comparison()
        #expect(agree(comparison.fStatistic, analysis.fStatistic))
        #expect(agree(comparison.pValue, analysis.pValue))
    }

    @Test func `the same seed gives the same report`() throws {
        #expect(try report(.xray) == report(.xray))
        var other = settings
        other.seed = 6
        let different = try StudyReport(
            readings: SeedExperiment.xray.readings(),
            cases: SeedExperiment.xray.cases(),
            settings: other
        )
        #expect(try different.agreement.gwetAC1 != report(.xray).agreement.gwetAC1)
    }

    @Test func `first impressions compare qualities`() throws {
        let report = try ImpressionReport([
            .init(truth: .real, quality: 5), .init(truth: .real, quality: 3),
            .init(truth: .fake, quality: 4), .init(truth: .fake, quality: 3),
        ])
        #expect(report.real == [0, 0, 1, 0, 1] && report.fake == [0, 0, 1, 1, 0])
        // Pairs fake over real: 4>5 no, 4>3 yes, 3>5 no, 3=3 half: 1.5 of 4.
        #expect(report.fakeIsBetter.value?.value == 0.375)
        #expect(throws: StudyError.self) {
            try ImpressionReport([.init(truth: .real, quality: 6)])
        }
    }

    @Test func `a study without an answer has no report`() throws {
        #expect(throws: StudyError.self) {
            try StudyReport(readings: StudyReadings([]), cases: [], settings: settings)
        }
    }
}
