import ReaderStudy
import Testing

struct StudyReadingsTests {
    private func reading(
        _ reader: String,
        _ caseID: String,
        _ answer: Answer,
        truth: Truth = .fake,
        seconds: Double = 4,
        position: Int = 0,
        repetition: Int = 0
    ) -> Reading {
        Reading(
            reader: reader,
            caseID: caseID,
            truth: truth,
            answer: answer,
            seconds: seconds,
            position: position,
            repetition: repetition
        )
    }

    @Test func `three of twenty images were called real by both readers`() throws {
        let study = try SeedExperiment.ct.readings()
        let real = try study.unanimous(.real)
        #expect(real.successes == 3 && real.trials == 20)
        let interval = try real.clopperPearson()
        #expect(agree(interval.lower, 0.032, within: 5e-4))
        #expect(agree(interval.upper, 0.379, within: 5e-4))
        #expect(try study.unanimous(.fake).successes == 8)
        #expect(try study.unanimous(.uncertain).successes == 1)
    }

    @Test func `synthetic images alone have a sensitivity, no specificity and no d-prime`() throws {
        let table = try SeedExperiment.ct.readings().answerTable(of: SeedExperiment.readers[0])
        #expect(try table.sensitivity(uncertain: .wrong).value == 0.5)
        #expect(throws: StudyError.self) { try table.specificity(uncertain: .wrong) }
        #expect(throws: StudyError.self) { try table.signalDetection() }
    }

    @Test func `percent agreement counts images answered alike`() throws {
        let ratings = try SeedExperiment.ct.readings().ratings()
        let agreement = try ChanceCorrectedAgreement(.gwetAC1, of: ratings)
        #expect(agree(agreement.percentAgreement, 12.0 / 20))
    }

    @Test func `images that a reader left out count for nobody's unanimity`() throws {
        let study = try StudyReadings([
            reading("A", "1", .real), reading("B", "1", .real), reading("A", "2", .real),
        ])
        #expect(study.votes == [[.real, .real], [.real, nil]])
        let real = try study.unanimous(.real)
        #expect(real.successes == 1 && real.trials == 1)
    }

    @Test func `repeats are paired with first answers and kept out of the table`() throws {
        let study = try StudyReadings([
            reading("A", "1", .real, position: 0),
            reading("A", "2", .fake, position: 1),
            reading("A", "1", .fake, position: 2, repetition: 1),
            reading("A", "2", .fake, position: 3, repetition: 1),
        ])
        let pairs = try study.repeatedAnswers(of: "A")
        #expect(pairs.first == [.real, .fake] && pairs.second == [.fake, .fake])
        #expect(try study.answerTable(of: "A").count(.fake) == 2)
        #expect(study.votes == [[.real], [.fake]])
        #expect(throws: StudyError.tooFew(what: "repeated cases", found: 0, needed: 1)) {
            try SeedExperiment.ct.readings().repeatedAnswers(of: SeedExperiment.readers[0])
        }
    }

    @Test func `contradictions are refused with the place named`() throws {
        let first = reading("A", "1", .real)
        #expect(
            throws: StudyError.duplicateReading(reader: "A", caseID: "1", repetition: 0)
        ) { try StudyReadings([first, first]) }
        #expect(throws: StudyError.contradictoryTruth(caseID: "1")) {
            try StudyReadings([first, reading("B", "1", .real, truth: .real)])
        }
        #expect(throws: StudyError.self) {
            try StudyReadings([reading("A", "1", .real, seconds: .nan)])
        }
        #expect(throws: StudyError.unknownReader("Z")) {
            try StudyReadings([first]).answerTable(of: "Z")
        }
    }

    @Test func `errors say what was found`() {
        let error = StudyError.repeatsDoNotFit(wanted: 3, possible: 2, spacing: 5)
        #expect(error.description.contains("3 repeats do not fit at least 5 positions"))
    }
}
