import Foundation
import HTTPTypes
import Hummingbird
import ReaderStudy
import StudyStore

/// Taking answers, keeping drafts, and changing answers where the study allows it.
struct AnswerController {
    let study: StudyStore
    let pages: Pages
    let now: @Sendable () -> Date

    func addRoutes(to router: Router<ReaderContext>) {
        router.post("study/answers", use: answer)
        router.get("study/answers/:image", use: revise)
        router.post("study/draft", use: keepDraft)
        router.post("study/pause", use: pause)
    }

    /// Answers only when the answer is on disk.
    @Sendable private func answer(
        _ request: Request,
        _ context: ReaderContext
    ) async throws -> Response {
        let reader = try context.requireReader()
        let form = try await FormFields(of: request)
        try form.check(reader)
        guard let image = form["image"], let key = form["key"] else {
            throw PageError.unreadableForm
        }
        let outcome = try await study.answer(
            try AnswerDraft(form),
            imageID: image,
            clientKey: key,
            of: reader.session,
            at: now()
        )
        guard outcome != .outOfTurn else { throw PageError.alreadyAnswered }
        return .seeOther("/study")
    }

    @Sendable private func revise(
        _ request: Request,
        _ context: ReaderContext
    ) async throws -> Response {
        let reader = try context.requireReader()
        let image = try context.parameters.require("image")
        guard let task = try await study.revisableTask(imageID: image, of: reader.session) else {
            throw PageError.notFound
        }
        return try pages.reading(ReadingPage(task, study.definition, csrf: reader.formToken))
    }

    @Sendable private func keepDraft(
        _ request: Request,
        _ context: ReaderContext
    ) async throws -> Response {
        try await save(request, context)
        return Response(status: .noContent)
    }

    @Sendable private func pause(
        _ request: Request,
        _ context: ReaderContext
    ) async throws -> Response {
        try await save(request, context)
        return .seeOther("/paused")
    }

    /// Keeps what was entered; an image whose turn is over needs no draft.
    private func save(_ request: Request, _ context: ReaderContext) async throws {
        let reader = try context.requireReader()
        let form = try await FormFields(of: request)
        try form.check(reader)
        guard let image = form["image"] else { throw PageError.unreadableForm }
        _ = try await study.save(
            try AnswerDraft(form),
            imageID: image,
            of: reader.session,
            at: now()
        )
    }
}

extension AnswerDraft {
    /// Reads the fields of the reading page.
    init(_ form: FormFields) throws(PageError) {
        self.init(
            label: try form.value("label", Answer.init(rawValue:)),
            quality: try form.value("quality") { Int($0) },
            confidence: try form.value("confidence") { Int($0) },
            description: form["description"] ?? "",
            regions: form.all("regions"),
            seconds: try form.value("seconds") { Double($0) }
        )
    }
}

extension FormFields {
    /// A field's value, or nil where it is absent.
    ///
    /// - Throws: `PageError.invalidAnswer` where the text is no such value.
    fileprivate func value<Value>(
        _ name: String,
        _ parse: (String) -> Value?
    ) throws(PageError) -> Value? {
        guard let text = self[name] else { return nil }
        guard let value = parse(text) else {
            throw .invalidAnswer("the \(name) is not one that the page offers")
        }
        return value
    }
}
