import ReaderStudy
import Testing

struct ProportionTests {
    private func proportions() throws -> [Proportion] {
        try Goldens.whole("counts").map { try Proportion($0[0], of: $0[1]) }
    }

    private func ends(_ interval: ConfidenceInterval) -> [Double] {
        [interval.lower, interval.upper]
    }

    @Test func `Clopper-Pearson intervals equal scipy's`() throws {
        let found = try proportions().flatMap { proportion in
            try [0.9, 0.95].flatMap { ends(try proportion.clopperPearson(level: $0)) }
        }
        try expect(found, equal: "clopper-pearson")
    }

    @Test func `Wilson intervals equal scipy's`() throws {
        let found = try proportions().flatMap { proportion in
            try [0.9, 0.95].flatMap { ends(try proportion.wilson(level: $0)) }
        }
        try expect(found, equal: "wilson")
        try expect(ends(Proportion(points: 12.5, of: 20).wilson()), equal: "wilson.half")
    }

    @Test func `the exact binomial test equals scipy's`() throws {
        let found = try proportions().flatMap { proportion in
            try [0.5, 0.3].map { try proportion.exactTest(against: $0) }
        }
        try expect(found, equal: "binomtest")
    }

    @Test func `two one-sided tests equal scipy's one-sided tests`() throws {
        let tests = try proportions().map { try $0.equivalence(margin: 0.15) }
        try expect(tests.flatMap { [$0.aboveLower, $0.belowUpper] }, equal: "tost")
        #expect(tests.allSatisfy { $0.pValue == max($0.aboveLower, $0.belowUpper) })
    }

    @Test func `three of twenty has the published interval of 3.2 to 37.9 percent`() throws {
        let interval = try Proportion(3, of: 20).clopperPearson()
        #expect((interval.lower * 1000).rounded() == 32)
        #expect((interval.upper * 1000).rounded() == 379)
    }

    @Test func `intervals contain the estimate and mirror when successes become failures`() throws {
        for successes in 0...17 {
            let proportion = try Proportion(successes, of: 17)
            let mirrored = try Proportion(17 - successes, of: 17)
            for (one, other) in [
                (try proportion.clopperPearson(), try mirrored.clopperPearson()),
                (try proportion.wilson(), try mirrored.wilson()),
            ] {
                #expect(one.lower <= proportion.value && proportion.value <= one.upper)
                #expect(one.lower >= 0 && one.upper <= 1)
                #expect(agree(one.lower, 1 - other.upper, within: 1e-9))
            }
            #expect(try agree(proportion.exactTest(), mirrored.exactTest()))
        }
    }

    @Test func `impossible counts and half points are refused with a reason`() throws {
        #expect(throws: StudyError.tooFew(what: "trials of a proportion", found: 0, needed: 1)) {
            try Proportion(0, of: 0)
        }
        #expect(throws: StudyError.self) { try Proportion(4, of: 3) }
        #expect(throws: StudyError.self) { try Proportion(points: .nan, of: 3) }
        let half = try Proportion(points: 1.5, of: 3)
        #expect(throws: StudyError.self) { try half.clopperPearson() }
        #expect(throws: StudyError.self) { try half.exactTest() }
        #expect(throws: StudyError.self) { try Proportion(1, of: 3).wilson(level: 1) }
        #expect(throws: StudyError.self) { try Proportion(1, of: 3).equivalence(margin: 0.6) }
    }
}
