import Foundation
import GRDB
import ReaderStudy
import Testing

@testable import StudyStore

struct ReadingStepTests {
    private let start = TestStudy.start

    @Test func `consent and screen come first, then each image once, then the end`() async throws {
        let study = try await TestStudy { $0.checksScreen = true }
        let session = try await study.signIn(consents: false)
        #expect(try await study.store.nextStep(of: session, at: start) == .consent)
        try await study.store.consent(session, at: start)
        #expect(try await study.store.nextStep(of: session, at: start) == .screenCheck)
        try await study.store.checkScreen(ScreenCheck(seesDark: true, seesBright: true), session)
        for number in 1...6 {
            let task = try await study.answer(.real, session)
            #expect(task.number == number)
            #expect(task.total == 6)
            #expect(task.previousImageID == nil)
        }
        #expect(try await study.store.nextStep(of: session, at: start) == .finished)
    }

    @Test func `another device checks its screen and goes on with the same image`() async throws {
        let study = try await TestStudy { $0.checksScreen = true }
        let code = try await study.store.invite("Anna", by: "lead", at: start)
        var sessions: [ReaderSession] = []
        for _ in 0..<2 {
            let token = try #require(try await study.store.signIn(code: code, at: start))
            sessions.append(try #require(try await study.store.session(token: token, at: start)))
        }
        try await study.store.consent(sessions[0], at: start)
        try await study.store.checkScreen(
            ScreenCheck(seesDark: false, seesBright: true),
            sessions[0]
        )
        let task = try await study.task(of: sessions[0])
        #expect(try await study.store.nextStep(of: sessions[1], at: start) == .screenCheck)
        try await study.store.checkScreen(
            ScreenCheck(seesDark: true, seesBright: true),
            sessions[1]
        )
        #expect(try await study.task(of: sessions[1]) == task)
        #expect(try await study.store.progress()[0].hasPoorScreen)
    }

    @Test func `the purpose comes after the first impressions`() async throws {
        let study = try await TestStudy { $0.impressionCount = 2 }
        let session = try await study.signIn()
        for _ in 0..<2 {
            let task = try await study.task(of: session)
            #expect(task.phase == .impression)
            #expect(task.total == 2)
            let outcome = try await study.store.answer(
                AnswerDraft(quality: 4),
                imageID: task.imageID,
                clientKey: UUID().uuidString,
                of: session,
                at: start
            )
            #expect(outcome == .recorded)
        }
        #expect(try await study.store.nextStep(of: session, at: start) == .disclosure)
        try await study.store.disclose(session, at: start)
        #expect(try await study.task(of: session).phase == .judgement)
        try await study.store.close(by: "lead", at: start)
        let results = try await study.store.results()
        #expect(results.impressions.map(\.quality) == [4, 4])
        #expect(results.impressions.map(\.position) == [0, 1])
        #expect(results.readings.isEmpty)
    }

    @Test func `the next session opens when the washout is over`() async throws {
        let study = try await TestStudy {
            $0.order.blockCount = 2
            $0.washoutDays = 14
        }
        let session = try await study.signIn()
        for _ in 0..<3 { try await study.answer(.real, session) }
        let opening = start.addingTimeInterval(14 * 86_400)
        #expect(try await study.store.nextStep(of: session, at: start) == .waiting(until: opening))
        let early = try await study.store.nextStep(of: session, at: opening.addingTimeInterval(-1))
        #expect(early == .waiting(until: opening))
        #expect(try await study.answer(.real, session, at: opening).number == 4)
        #expect(try await study.answer(.real, session, at: opening).number == 5)
    }

    @Test func `only the image that is due can be fetched, by its own reader`() async throws {
        let study = try await TestStudy()
        let anna = try await study.signIn("Anna")
        let bert = try await study.signIn("Bert")
        let first = try await study.task(of: anna)
        let foreign = try await study.task(of: bert)
        let image = { (name: String, session: ReaderSession) in
            try await study.store.image(imageID: name, of: session, at: start)
        }
        #expect(try await image(first.imageID, anna) != nil)
        #expect(try await image(foreign.imageID, anna) == nil)
        #expect(try await image(first.imageID, bert) == nil)
        try await study.answer(.real, anna)
        #expect(try await image(first.imageID, anna) == nil)
        let all = try await study.store.read {
            try String.fetchAll($0, sql: "SELECT publicID FROM showing")
        }
        #expect(Set(all).count == 12)
        var visible = 0
        for name in all where try await image(name, anna) != nil { visible += 1 }
        #expect(visible == 1)
    }

    @Test func `a closed study shows nothing more until it is reopened`() async throws {
        let study = try await TestStudy()
        let session = try await study.signIn()
        let task = try await study.task(of: session)
        try await study.store.close(by: "lead", at: start)
        #expect(try await study.store.nextStep(of: session, at: start) == .closed)
        #expect(try await study.store.image(imageID: task.imageID, of: session, at: start) == nil)
        try await study.store.reopen(by: "lead", at: start)
        #expect(try await study.task(of: session) == task)
    }
}
