import Foundation
import Imaging
import ReaderStudy
import Testing

@testable import StudyStore

/// A small study in a folder of its own, and a reader who has signed in.
final class TestStudy {
    static let start = Date(timeIntervalSince1970: 1_780_000_000)

    let workspace: String
    let store: StudyStore

    /// Makes a study of as many real as fake images.
    init(
        pairs: Int = 3,
        readers: [String] = ["Anna", "Bert"],
        change: (inout StudyDefinition) -> Void = { _ in }
    ) async throws {
        workspace = Self.newWorkspace()
        var definition = StudyDefinition(
            name: "lungs",
            order: ReadingOrder.Design(seed: 7),
            checksScreen: false
        )
        change(&definition)
        store = try await StudyStore.create(
            definition,
            cases: Self.cases(pairs: pairs),
            readers: readers,
            in: workspace,
            by: "lead",
            at: Self.start,
            image: Self.png
        )
    }

    deinit {
        try? FileManager.default.removeItem(atPath: workspace)
    }

    static func newWorkspace() -> String {
        FileManager.default.temporaryDirectory.appending(path: "studies-\(UUID().uuidString)").path
    }

    static func cases(pairs: Int) -> [StudyCase] {
        (0..<pairs).flatMap { index in
            [
                StudyCase(caseID: "r\(index)", truth: .real, source: "real/\(index).png"),
                StudyCase(
                    caseID: "f\(index)",
                    truth: .fake,
                    source: "fake/\(index).png",
                    modality: "CT",
                    sex: "female"
                ),
            ]
        }
    }

    /// Noise for real and a flat field for fake, whose files differ much in length.
    static func png(_ item: StudyCase) throws -> [UInt8] {
        try pixels(item).encodedPNG(text: [PNGText(keyword: "Comment", value: item.truth.rawValue)])
    }

    static func pixels(_ item: StudyCase) throws -> PixelImage {
        var generator = SeededGenerator(seed: 1, stream: item.caseID)
        let grey = (0..<64 * 64).map { _ in
            item.truth == .real ? UInt8(generator.next(below: 256)) : 90
        }
        return try PixelImage(width: 64, height: 64, grey: grey)
    }

    /// Invites a reader, signs in, and consents.
    func signIn(_ reader: String = "Anna", consents: Bool = true) async throws -> ReaderSession {
        let code = try await store.invite(reader, by: "lead", at: Self.start)
        let token = try #require(try await store.signIn(code: code, at: Self.start))
        let session = try #require(try await store.session(token: token, at: Self.start))
        if consents { try await store.consent(session, at: Self.start) }
        return session
    }

    /// The image that is due.
    func task(of session: ReaderSession, at time: Date = start) async throws -> ReadingTask {
        let step = try await store.nextStep(of: session, at: time)
        guard case .showing(let task) = step else { throw Unexpected(step: step) }
        return task
    }

    /// Answers the image that is due.
    @discardableResult
    func answer(
        _ label: Answer = .real,
        _ session: ReaderSession,
        confidence: Int? = nil,
        at time: Date = start
    ) async throws -> ReadingTask {
        let task = try await task(of: session, at: time)
        let outcome = try await store.answer(
            AnswerDraft(label: label, confidence: confidence, seconds: 4),
            imageID: task.imageID,
            clientKey: UUID().uuidString,
            of: session,
            at: time
        )
        #expect(outcome == .recorded)
        return task
    }

    struct Unexpected: Error {
        let step: ReadingStep
    }
}
