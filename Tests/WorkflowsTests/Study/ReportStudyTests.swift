import Foundation
import ReaderStudy
import StudyStore
import Testing
import Workflows

struct ReportStudyTests {
    private let images = StudyImages()
    private let now = Date(timeIntervalSince1970: 1_780_000_000)

    /// A study that one reader has read: everything called fake but the first image.
    private func readStudy() async throws -> StudyStore {
        var request = CreateStudy.Request(
            definition: StudyDefinition(
                name: "lungs",
                confidenceLevels: 5,
                asksDescription: true,
                regionTerms: ["lungs"],
                order: ReadingOrder.Design(seed: 3),
                checksScreen: false
            ),
            real: try images.folder("real", seeds: 0..<4),
            synthetic: try images.folder("fake", seeds: 100..<104),
            readers: ["Anna"],
            workspace: images.workspace,
            lead: "lead"
        )
        request.repeatShare = 0.25
        let store = try await CreateStudy(request)(at: now) { _ in }.store
        let code = try await store.invite("Anna", by: "lead", at: now)
        let token = try #require(try await store.signIn(code: code, at: now))
        let session = try #require(try await store.session(token: token, at: now))
        try await store.consent(session, at: now)
        var number = 0
        while case .showing(let task) = try await store.nextStep(of: session, at: now) {
            let draft = AnswerDraft(
                label: number == 0 ? .real : .fake,
                confidence: 3,
                description: number == 0 ? "clear <hilum>" : "",
                regions: number == 0 ? ["lungs"] : [],
                seconds: 4
            )
            _ = try await store.answer(
                draft,
                imageID: task.imageID,
                clientKey: UUID().uuidString,
                of: session,
                at: now
            )
            number += 1
        }
        #expect(number == 10)
        return store
    }

    private func text(_ name: String, in folder: String) throws -> String {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }

    @Test func `an open study is not unblinded`() async throws {
        let store = try await readStudy()
        let report = ReportStudy(store)
        let folder = images.path + "/report"
        let error = await #expect(throws: StudyStoreError.self) {
            try await report.write(to: folder, at: now)
        }
        #expect(error == .open(name: "lungs", answered: 10, expected: 10))
        await #expect(throws: StudyStoreError.self) { try await report.text(of: .csv, at: now) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        #expect(try await store.events().allSatisfy { $0.kind != .forcedLook })
    }

    @Test func `a forced look is recorded and told of in every later report`() async throws {
        let store = try await readStudy()
        let look = StudyStore.ForcedLook(by: "lead", at: now, reason: "trial run")
        let early = try await ReportStudy(store).text(of: .html, at: now, forced: look)
        #expect(early.contains("The study is still open. This look was forced and recorded"))
        #expect(try await store.events().last?.kind == .forcedLook)
        #expect(try await store.events().last?.note == "trial run")
        try await store.close(by: "lead", at: now)
        let late = try await ReportStudy(store).text(of: .html, at: now)
        #expect(late.contains("Results were looked at once before the study was closed."))
        try await store.reopen(by: "lead", at: now)
        try await store.close(by: "lead", at: now)
        let again = try await ReportStudy(store).text(of: .html, at: now)
        #expect(again.contains("The study was opened again once after a closing"))
    }

    @Test func `a closed study's report has page, figures and answers`() async throws {
        let store = try await readStudy()
        try await store.close(by: "lead", at: now)
        let folder = images.path + "/deep/report"
        let paths = try await ReportStudy(store).write(to: folder, at: now)
        #expect(
            paths.map { URL(filePath: $0).lastPathComponent } == [
                "report.html", "report.json", "readings.csv", "readings.imrmc",
            ]
        )
        let page = try text("report.html", in: folder)
        #expect(page.contains("4 real images · 4 synthetic images · 10 answers"))
        #expect(page.ranges(of: "data:image/png;base64,").count == 8)
        #expect(page.contains("clear &lt;hilum&gt; [lungs]"))
        #expect(page.contains("resampled to 48 x 48 pixels"))
        let lines = try text("readings.csv", in: folder).split(separator: "\n")
        #expect(lines.count == 11)
        #expect(lines.dropFirst().count { $0.contains(",fake,3,") } == 9)
        #expect(try text("readings.imrmc", in: folder).contains("N0: 4\nN1: 4\nNM: 1"))
        // A report never overwrites another.
        await #expect(throws: StudyFailure.reportExists(path: folder)) {
            try await ReportStudy(store).write(to: folder, at: now)
        }
        let bare = images.path + "/bare"
        _ = try await ReportStudy(store, showsImages: false).write(to: bare, at: now)
        #expect(try !text("report.html", in: bare).contains("data:image/png"))
    }

    @Test func `a damaged record of the preparation is an error, a missing one is not`()
        async throws
    {
        let store = try await readStudy()
        try await store.close(by: "lead", at: now)
        let path = store.folder.path + "/preparation.json"
        try Data("{".utf8).write(to: URL(filePath: path))
        await #expect(throws: StudyFailure.self) {
            try await ReportStudy(store).text(of: .csv, at: now)
        }
        try FileManager.default.removeItem(atPath: path)
        #expect(try await ReportStudy(store).text(of: .csv, at: now).hasPrefix("reader,treatment"))
    }
}
