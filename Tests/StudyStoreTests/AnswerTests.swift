import Foundation
import GRDB
import ReaderStudy
import Testing

@testable import StudyStore

struct AnswerTests {
    private let start = TestStudy.start

    @Test func `an answer sent again is recorded once`() async throws {
        let study = try await TestStudy()
        let session = try await study.signIn()
        let task = try await study.task(of: session)
        let send = { (label: Answer, key: String) in
            try await study.store.answer(
                AnswerDraft(label: label),
                imageID: task.imageID,
                clientKey: key,
                of: session,
                at: start
            )
        }
        let key = String(repeating: "k", count: 32)
        #expect(try await send(.real, key) == .recorded)
        #expect(try await send(.real, key) == .repeated)
        #expect(try await send(.fake, String(repeating: "l", count: 32)) == .outOfTurn)
        try await study.store.close(by: "lead", at: start)
        #expect(try await send(.real, key) == .repeated)
        #expect(try await study.store.results().readings.map(\.reading.answer) == [.real])
    }

    @Test func `the same answer sent fifty times at once is recorded once`() async throws {
        let study = try await TestStudy()
        let session = try await study.signIn()
        let task = try await study.task(of: session)
        let store = study.store
        let outcomes = try await withThrowingTaskGroup(of: AnswerOutcome.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await store.answer(
                        AnswerDraft(label: .fake),
                        imageID: task.imageID,
                        clientKey: String(repeating: "k", count: 32),
                        of: session,
                        at: TestStudy.start
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == .recorded } == 1)
        #expect(outcomes.count { $0 == .repeated } == 49)
    }

    @Test func `nobody answers for another reader, or out of order`() async throws {
        let study = try await TestStudy()
        let anna = try await study.signIn("Anna")
        let bert = try await study.signIn("Bert")
        let foreign = try await study.task(of: bert)
        let names = try await study.store.read {
            try String.fetchAll(
                $0,
                sql: "SELECT publicID FROM showing WHERE readerID = 1 AND position > 0"
            )
        }
        for name in names + [foreign.imageID, "", "x"] {
            let outcome = try await study.store.answer(
                AnswerDraft(label: .real),
                imageID: name,
                clientKey: String(repeating: "k", count: 32),
                of: anna,
                at: start
            )
            #expect(outcome == .outOfTurn)
        }
        #expect(try await study.store.progress().map(\.answered) == [0, 0])
    }

    @Test func `a complete answer is kept whole`() async throws {
        let study = try await TestStudy {
            $0.confidenceLevels = 5
            $0.asksDescription = true
            $0.regionTerms = ["left lung", "heart"]
        }
        let session = try await study.signIn()
        let task = try await study.task(of: session)
        let end = start.addingTimeInterval(30)
        _ = try await study.store.answer(
            AnswerDraft(
                label: .fake,
                confidence: 4,
                description: "Ribs end in the air.",
                regions: ["heart"],
                seconds: 12.5
            ),
            imageID: task.imageID,
            clientKey: String(repeating: "k", count: 32),
            of: session,
            at: end
        )
        try await study.store.close(by: "lead", at: end)
        let record = try #require(try await study.store.results().readings.first)
        let truths = Dictionary(
            uniqueKeysWithValues: TestStudy.cases(pairs: 3).map { ($0.caseID, $0.truth) }
        )
        #expect(record.reading.reader == "Anna")
        #expect(record.reading.truth == truths[record.reading.caseID])
        #expect(record.reading.answer == .fake)
        #expect(record.reading.confidence == 4)
        #expect(record.reading.seconds == 12.5)
        #expect(record.reading.position == 0)
        #expect(record.description == "Ribs end in the air.")
        #expect(record.regions == ["heart"])
        #expect(record.answeredAt == end)
        #expect(record.revisionCount == 0)
    }

    @Test func `a browser's time is not longer than the image was out`() async throws {
        let study = try await TestStudy()
        let session = try await study.signIn()
        let end = start.addingTimeInterval(10)
        for seconds in [3600.0, nil] {
            let task = try await study.task(of: session, at: start)
            _ = try await study.store.answer(
                AnswerDraft(label: .real, seconds: seconds),
                imageID: task.imageID,
                clientKey: UUID().uuidString,
                of: session,
                at: end
            )
        }
        try await study.store.close(by: "lead", at: end)
        #expect(try await study.store.results().readings.map(\.reading.seconds) == [10, 10])
    }

    @Test func `an answer must fit the questions`() async throws {
        let study = try await TestStudy {
            $0.labels = [.real, .fake]
            $0.confidenceLevels = 5
            $0.asksDescription = true
        }
        let session = try await study.signIn()
        let task = try await study.task(of: session)
        for (draft, field) in [
            (AnswerDraft(), "answer"),
            (AnswerDraft(label: .uncertain), "answer"),
            (AnswerDraft(label: .real), "confidence"),
            (AnswerDraft(label: .real, confidence: 6), "confidence"),
            (AnswerDraft(label: .real, confidence: 0), "confidence"),
            (AnswerDraft(label: .real, confidence: 1, regions: ["x"]), "region"),
            (AnswerDraft(label: .real, confidence: 1, seconds: -1), "time"),
            (AnswerDraft(label: .real, confidence: 1, seconds: .nan), "time"),
            (
                AnswerDraft(
                    label: .real,
                    confidence: 1,
                    description: String(repeating: "a", count: 4001)
                ), "description"
            ),
        ] {
            let error = await #expect(throws: StudyStoreError.self) {
                try await study.store.answer(
                    draft,
                    imageID: task.imageID,
                    clientKey: String(repeating: "k", count: 32),
                    of: session,
                    at: start
                )
            }
            guard case .invalidAnswer(field, _, _) = error else {
                Issue.record("\(draft) gave \(String(describing: error))")
                continue
            }
        }
        #expect(try await study.store.progress()[0].answered == 0)
    }

    @Test func `who is uncertain is not asked how sure`() async throws {
        let study = try await TestStudy { $0.confidenceLevels = 5 }
        let session = try await study.signIn()
        try await study.answer(.uncertain, session, confidence: 3)
        try await study.store.close(by: "lead", at: start)
        #expect(try await study.store.results().readings[0].reading.confidence == nil)
    }

    @Test func `a draft waits on every device and goes when the answer comes`() async throws {
        let study = try await TestStudy { $0.confidenceLevels = 5 }
        let session = try await study.signIn()
        let task = try await study.task(of: session)
        let save = { (draft: AnswerDraft) in
            try await study.store.save(draft, imageID: task.imageID, of: session, at: start)
        }
        #expect(try await save(AnswerDraft(label: .real, confidence: 2, seconds: 9)))
        #expect(try await save(AnswerDraft(label: .fake, confidence: 2, seconds: 3)))
        let expected = AnswerDraft(label: .fake, confidence: 2, seconds: 9)
        #expect(try await study.task(of: session).draft == expected)
        try await study.answer(.real, session, confidence: 1)
        #expect(try await study.task(of: session).draft == AnswerDraft())
        #expect(try await save(AnswerDraft(label: .fake)) == false)
    }

    @Test func `answers change only where the study allows it, and none is lost`() async throws {
        let fixed = try await TestStudy()
        let fixedSession = try await fixed.signIn()
        let done = try await fixed.answer(.real, fixedSession)
        let task = try await fixed.store.revisableTask(imageID: done.imageID, of: fixedSession)
        #expect(task == nil)

        let study = try await TestStudy { $0.allowsRevision = true }
        let session = try await study.signIn()
        let first = try await study.answer(.real, session)
        let next = try await study.task(of: session)
        #expect(next.previousImageID == first.imageID)
        let again = try #require(
            try await study.store.revisableTask(imageID: first.imageID, of: session)
        )
        #expect(again.draft.label == .real)
        #expect(again.isRevision)
        let outcome = try await study.store.answer(
            AnswerDraft(label: .fake),
            imageID: first.imageID,
            clientKey: UUID().uuidString,
            of: session,
            at: start
        )
        #expect(outcome == .recorded)
        #expect(try await study.store.image(imageID: first.imageID, of: session, at: start) != nil)
        try await study.store.close(by: "lead", at: start)
        let records = try await study.store.results().readings
        #expect(records.map(\.reading.answer) == [.fake])
        #expect(records.map(\.revisionCount) == [1])
        let kept = try await study.store.read {
            try String.fetchAll($0, sql: "SELECT answer FROM answer ORDER BY revision")
        }
        #expect(kept == ["real", "fake"])
    }
}
