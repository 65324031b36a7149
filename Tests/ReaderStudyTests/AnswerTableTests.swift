import ReaderStudy
import Testing

struct AnswerTableTests {
    /// 10 fakes (6 found, 1 undecided, 3 missed) and 8 real images (5 right, 2 undecided, 1 wrong).
    private var table: AnswerTable {
        let groups: [(Truth, Answer, Int)] = [
            (.fake, .fake, 6), (.fake, .uncertain, 1), (.fake, .real, 3),
            (.real, .real, 5), (.real, .uncertain, 2), (.real, .fake, 1),
        ]
        return AnswerTable(
            groups.flatMap { truth, answer, count in
                (0..<count).map { index in
                    Reading(
                        reader: "A",
                        caseID: "\(truth)-\(answer)-\(index)",
                        truth: truth,
                        answer: answer,
                        seconds: 1,
                        position: index
                    )
                }
            }
        )
    }

    private func parts(_ proportion: Proportion) -> [Double] {
        [proportion.successes, Double(proportion.trials)]
    }

    @Test func `uncertain counts three ways`() throws {
        #expect(try parts(table.accuracy(uncertain: .excluded)) == [11, 15])
        #expect(try parts(table.accuracy(uncertain: .wrong)) == [11, 18])
        #expect(try parts(table.accuracy(uncertain: .half)) == [12.5, 18])
        #expect(try parts(table.sensitivity(uncertain: .excluded)) == [6, 9])
        #expect(try parts(table.sensitivity(uncertain: .wrong)) == [6, 10])
        #expect(try parts(table.sensitivity(uncertain: .half)) == [6.5, 10])
        #expect(try parts(table.specificity(uncertain: .excluded)) == [5, 6])
        #expect(try parts(table.specificity(uncertain: .wrong)) == [5, 8])
        #expect(try parts(table.specificity(uncertain: .half)) == [6, 8])
    }

    @Test func `a study without real images has no specificity`() throws {
        let fakes = AnswerTable([
            Reading(
                reader: "A",
                caseID: "1",
                truth: .fake,
                answer: .real,
                seconds: 2,
                position: 0
            )
        ])
        #expect(try fakes.sensitivity(uncertain: .wrong).value == 0)
        #expect(throws: StudyError.self) { try fakes.specificity(uncertain: .wrong) }
        #expect(throws: StudyError.self) { try fakes.signalDetection() }
    }

    @Test func `d-prime and criterion equal the log-linear formula with scipy's quantiles`() throws
    {
        let found = try [(8.0, 10, 3.0, 10), (10, 10, 0, 12), (4.5, 9, 6.5, 10)].flatMap {
            let observer = try SignalDetection(
                hits: $0.0,
                signals: $0.1,
                falseAlarms: $0.2,
                noises: $0.3
            )
            return [observer.dPrime, observer.criterion]
        }
        try expect(found, equal: "signal")
    }

    @Test func `the table's own d-prime counts fakes as signals`() throws {
        let expected = try SignalDetection(hits: 6, signals: 9, falseAlarms: 1, noises: 6)
        #expect(try table.signalDetection() == expected)
        let half = try SignalDetection(hits: 6.5, signals: 10, falseAlarms: 2, noises: 8)
        #expect(try table.signalDetection(uncertain: .half) == half)
    }
}
