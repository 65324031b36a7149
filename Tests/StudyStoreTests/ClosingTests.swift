import Foundation
import ReaderStudy
import Testing

@testable import StudyStore

struct ClosingTests {
    private let start = TestStudy.start

    @Test func `the key stays shut while the study is open`() async throws {
        let study = try await TestStudy()
        let session = try await study.signIn()
        try await study.answer(.real, session)
        let expected = StudyStoreError.open(name: "lungs", answered: 1, expected: 12)
        await #expect(throws: expected) { try await study.store.results() }
        #expect(try await study.store.events().map(\.kind) == [.created, .invited])
    }

    @Test func `a forced look is recorded with who, when and why`() async throws {
        let study = try await TestStudy()
        let look = StudyStore.ForcedLook(by: "lead", at: start, reason: "safety")
        _ = try await study.store.results(forced: look)
        let event = try #require(try await study.store.events().last)
        #expect(event == StudyEvent(at: start, who: "lead", kind: .forcedLook, note: "safety"))
    }

    @Test func `a look at a closed study is no event`() async throws {
        let study = try await TestStudy()
        try await study.store.close(by: "lead", at: start, note: "all done")
        _ = try await study.store.results(
            forced: StudyStore.ForcedLook(by: "lead", at: start, reason: "unneeded")
        )
        #expect(try await study.store.events().map(\.kind) == [.created, .closed])
        #expect(try await study.store.events().map(\.note) == ["lungs", "all done"])
    }

    @Test func `a closed study takes no answers, readers or invitations`() async throws {
        let study = try await TestStudy()
        let session = try await study.signIn()
        let task = try await study.task(of: session)
        try await study.store.close(by: "lead", at: start)
        let store = study.store
        let closed = StudyStoreError.closed(name: "lungs")
        await #expect(throws: closed) {
            try await store.answer(
                AnswerDraft(label: .real),
                imageID: task.imageID,
                clientKey: String(repeating: "k", count: 32),
                of: session,
                at: start
            )
        }
        await #expect(throws: closed) { try await store.addReader("Carl", by: "lead", at: start) }
        await #expect(throws: closed) { try await store.invite("Anna", by: "lead", at: start) }
        await #expect(throws: closed) { try await store.close(by: "lead", at: start) }
        try await store.reopen(by: "head", at: start)
        try await study.answer(.real, session)
        #expect(try await store.events().last?.who == "head")
    }

    @Test func `results come in the order of readers and positions`() async throws {
        let study = try await TestStudy()
        for reader in ["Bert", "Anna"] {
            let session = try await study.signIn(reader)
            for _ in 0..<6 { try await study.answer(.real, session) }
        }
        try await study.store.addReader("Carl", by: "lead", at: start)
        try await study.store.close(by: "lead", at: start)
        let results = try await study.store.results()
        #expect(
            results.readings.map { "\($0.reading.reader)\($0.reading.position)" }
                == (0..<6).map { "Anna\($0)" } + (0..<6).map { "Bert\($0)" }
        )
        let readings = try results.studyReadings()
        #expect(readings.readers == ["Anna", "Bert"])
        #expect(try readings.answerTable(of: "Anna").count(.fake, answered: .real) == 3)
    }

    @Test func `progress counts what is answered and what there is`() async throws {
        let study = try await TestStudy { $0.impressionCount = 2 }
        _ = try await study.signIn("Bert")
        let progress = try await study.store.progress()
        #expect(progress.map(\.reader) == ["Anna", "Bert"])
        #expect(progress.map(\.total) == [8, 8])
        #expect(progress.map(\.answered) == [0, 0])
        #expect(progress.map(\.consentedAt) == [nil, start])
    }
}
