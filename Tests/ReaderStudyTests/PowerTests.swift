import ReaderStudy
import Testing

struct PowerTests {
    @Test func `the power of exact tests equals the sum over scipy's outcomes`() throws {
        let difference = try [20, 60].flatMap { count in
            try [0.5, 0.65, 0.8].map {
                try BinomialPower(.difference, accuracy: $0).power(caseCount: count)
            }
        }
        try expect(difference, equal: "power.difference")
        let equivalence = try [20, 60, 100].flatMap { count in
            try [0.5, 0.55].map {
                try BinomialPower(.equivalence(margin: 0.15), accuracy: $0).power(caseCount: count)
            }
        }
        try expect(equivalence, equal: "power.equivalence")
    }

    @Test func `the sample size keeps its power and the size before does not`() throws {
        let design = try BinomialPower(.difference, accuracy: 0.7)
        let count = try design.caseCount(power: 0.8)
        for size in count..<(count + 20) { #expect(try design.power(caseCount: size) >= 0.8) }
        #expect(try design.power(caseCount: count - 1) < 0.8)
        #expect(throws: StudyError.self) { try design.caseCount(power: 1) }
        #expect(throws: StudyError.self) { try design.power(caseCount: 0) }
    }

    @Test func `simulated power agrees with an independent simulation`() throws {
        let design = try StudyPower(readerCount: 4, caseCount: 40, accuracy: 0.62)
        var generator = SeededGenerator(seed: 4)
        let found = try design.simulated(studyCount: 1500, generator: &generator)
        let expected = try Goldens.values("power.simulated")[0]
        // Standard error of the difference 0.015 (1500 and 4000 studies): four of them.
        #expect(agree(found.power.value, expected, within: 0.06))
    }

    @Test func `a study of guessing readers rejects at about its level`() throws {
        let design = try StudyPower(
            readerCount: 3,
            caseCount: 30,
            accuracy: 0.5,
            readerDeviation: 0,
            caseDeviation: 0
        )
        var generator = SeededGenerator(seed: 6)
        let result = try design.simulated(studyCount: 800, generator: &generator)
        #expect(result.power.value < 0.08)
        #expect(throws: StudyError.self) {
            try StudyPower(readerCount: 1, caseCount: 30, accuracy: 0.5)
        }
    }

    @Test func `the simulated sample size reaches its power and grows with the wish`() throws {
        let design = try StudyPower(readerCount: 3, caseCount: 2, accuracy: 0.75)
        let size = try design.sampleSize(power: 0.7, studyCount: 200, seed: 1)
        #expect(size.power.value >= 0.7)
        #expect(size == (try design.sampleSize(power: 0.7, studyCount: 200, seed: 1)))
        let more = try design.sampleSize(power: 0.8, studyCount: 200, seed: 1)
        #expect(more.caseCount >= size.caseCount)
        #expect(throws: StudyError.self) { try design.sampleSize(power: 1) }
        // Readers who guess reject chance in some 5 % of studies, however many images they see.
        let guessing = try StudyPower(readerCount: 2, caseCount: 2, accuracy: 0.5)
        #expect(throws: StudyError.self) { try guessing.sampleSize(power: 0.5, studyCount: 20) }
    }
}
