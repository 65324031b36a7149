import ReaderStudy
import Testing

struct AreaUnderCurveTests {
    private func classes() throws -> (positives: [Double], negatives: [Double]) {
        let truth = try Goldens.full("roc.truth")[0]
        let scores = try Goldens.full("roc.scores")[0]
        let pairs = zip(truth, scores)
        return (pairs.filter { $0.0 == 1 }.map(\.1), pairs.filter { $0.0 == 0 }.map(\.1))
    }

    @Test func `area, DeLong variance and interval equal two published implementations`() throws {
        let (positives, negatives) = try classes()
        let area = try AreaUnderCurve(positives: positives, negatives: negatives)
        try expect([area.value], equal: "auc")
        // The package behind these two keeps ranks in float32.
        try expect([area.value, area.variance], equal: "auc.delong", relative: 1e-6)
        let interval = try area.interval()
        try expect([interval.lower, interval.upper], equal: "auc.interval", relative: 1e-6)
    }

    @Test func `order does not matter and exchanging the classes mirrors the area`() throws {
        let (positives, negatives) = try classes()
        let area = try AreaUnderCurve(positives: positives, negatives: negatives)
        var generator = SeededGenerator(seed: 3)
        let shuffled = try AreaUnderCurve(
            positives: generator.shuffled(positives),
            negatives: generator.shuffled(negatives)
        )
        #expect(agree(shuffled.value, area.value) && agree(shuffled.variance, area.variance))
        let mirrored = try AreaUnderCurve(positives: negatives, negatives: positives)
        #expect(agree(mirrored.value, 1 - area.value) && agree(mirrored.variance, area.variance))
    }

    @Test func `perfect separation has area one and no interval`() throws {
        let area = try AreaUnderCurve(positives: [3, 4, 5], negatives: [1, 2])
        #expect(area.value == 1 && area.variance == 0)
        #expect(throws: StudyError.self) { try area.interval() }
    }

    @Test func `readings are rated by signed confidence`() throws {
        let answers: [(Truth, Answer, Int?)] = [
            (.fake, .fake, 5), (.fake, .uncertain, 4), (.real, .real, 2), (.real, .fake, 1),
        ]
        let readings = answers.enumerated().map { index, answer in
            Reading(
                reader: "A",
                caseID: String(index),
                truth: answer.0,
                answer: answer.1,
                confidence: answer.2,
                seconds: 1,
                position: index
            )
        }
        #expect(readings.map(\.suspicion) == [5, 0, -2, 1])
        #expect(try AreaUnderCurve(readings).value == 0.75)
    }

    @Test func `single images and broken ratings are refused`() {
        #expect(throws: StudyError.self) { try AreaUnderCurve(positives: [1], negatives: [0, 1]) }
        #expect(throws: StudyError.self) {
            try AreaUnderCurve(positives: [1, .nan], negatives: [0, 1])
        }
    }
}
