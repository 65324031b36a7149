import ReaderStudy
import Testing

struct PairedTests {
    @Test func `McNemar's tests equal statsmodels'`() throws {
        let tests = try Goldens.whole("discordant").map {
            try McNemarTest(firstOnly: $0[0], secondOnly: $0[1])
        }
        try expect(tests.map(\.exactPValue), equal: "mcnemar.exact")
        let corrected = try [tests[1], tests[3]].map { try $0.corrected() }
        try expect(corrected.flatMap { [$0.statistic, $0.pValue] }, equal: "mcnemar.corrected")
        #expect(try tests[2].corrected() == TestResult(statistic: 0, pValue: 1))
        #expect(throws: StudyError.self) { try tests[0].corrected() }
    }

    @Test func `McNemar's test counts discordant pairs`() throws {
        let test = try McNemarTest([true, true, false, true], [true, false, true, false])
        #expect(test.firstOnly == 2 && test.secondOnly == 1)
        #expect(throws: StudyError.self) { try McNemarTest([true], []) }
    }

    @Test func `Cochran's Q equals statsmodels' whatever the order`() throws {
        let answers = try Goldens.whole("right").map { $0.map { $0 == 1 } }
        let result = try CochranQTest.result(answers)
        try expect([result.statistic, result.pValue], equal: "cochran")
        let turned = try CochranQTest.result(answers.reversed().map { $0.reversed() })
        #expect(agree(turned.statistic, result.statistic))
        #expect(throws: StudyError.self) {
            try CochranQTest.result([[true, true], [false, false]])
        }
    }

    @Test func `Wilcoxon's test equals scipy's, exact and approximate`() throws {
        let found = try ["differences", "differences.coarse", "differences.many"].flatMap {
            let result = try WilcoxonSignedRankTest.result(differences: Goldens.full($0)[0])
            return [result.statistic, result.pValue]
        }
        try expect(found, equal: "wilcoxon")
    }

    @Test func `Wilcoxon's test leaves zeros out and turns to the approximation`() throws {
        let differences = try Goldens.full("differences.zeros")[0]
        let result = try WilcoxonSignedRankTest.result(differences: differences)
        try expect([result.statistic, result.pValue], equal: "wilcoxon.zeros")
    }

    @Test func `Wilcoxon's test does not see the sign of all differences`() throws {
        let differences = try Goldens.full("differences")[0]
        let result = try WilcoxonSignedRankTest.result(differences: differences)
        #expect(try WilcoxonSignedRankTest.result(differences: differences.map { -$0 }) == result)
        #expect(throws: StudyError.self) {
            try WilcoxonSignedRankTest.result(differences: [0, 0])
        }
    }

    @Test func `Holm's adjustment equals statsmodels'`() throws {
        let pValues = try Goldens.full("p-values")[0]
        try expect(HolmAdjustment.adjusted(pValues), equal: "holm")
        #expect(throws: StudyError.self) { try HolmAdjustment.adjusted([0.1, .nan]) }
        #expect(try HolmAdjustment.adjusted([]).isEmpty)
    }
}
