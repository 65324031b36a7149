import Foundation
import HTTPTypes
import Hummingbird
import StudyStore

/// The study as a reader meets it: one address that shows what is to be done next.
struct StudyController {
    let study: StudyStore
    let pages: Pages
    let now: @Sendable () -> Date

    func addRoutes(to router: Router<ReaderContext>) {
        router.get("study", use: step)
        router.post("study/consent", use: consent)
        router.post("study/screen", use: screen)
        router.post("study/disclosure", use: disclosure)
        router.get("study/images/:image", use: image)
        router.get("paused", use: paused)
    }

    @Sendable private func step(
        _ request: Request,
        _ context: ReaderContext
    ) async throws -> Response {
        let reader = try context.requireReader()
        switch try await study.nextStep(of: reader.session, at: now()) {
        case .consent:
            return try pages.message(
                Message(
                    heading: study.definition.title,
                    paragraphs: study.definition.consent.paragraphs,
                    action: .post("/study/consent", "I agree to take part"),
                    csrf: reader.formToken
                )
            )
        case .screenCheck: return try pages.screenCheck(csrf: reader.formToken)
        case .showing(let task):
            return try pages.reading(ReadingPage(task, study.definition, csrf: reader.formToken))
        case .disclosure:
            return try pages.message(
                Message(
                    heading: "What this study is about",
                    paragraphs: study.definition.disclosure.paragraphs,
                    action: .post("/study/disclosure", "Go on"),
                    csrf: reader.formToken
                )
            )
        case .waiting(let start):
            let day = start.formatted(
                .iso8601.year().month().day().dateTimeSeparator(.space)
                    .time(includingFractionalSeconds: false)
            )
            return try end(
                "This session is done",
                "Thank you. The next session opens on \(day) UTC; your invitation stays valid.",
                reader
            )
        case .finished:
            return try end(
                "All images are answered",
                "Thank you for reading. You can close this page.",
                reader
            )
        case .closed:
            return try end("The study is closed", "Thank you. It takes no more answers.", reader)
        }
    }

    @Sendable private func consent(
        _ request: Request,
        _ context: ReaderContext
    ) async throws -> Response {
        let reader = try context.requireReader()
        try await FormFields(of: request).check(reader)
        try await study.consent(reader.session, at: now())
        return .seeOther("/study")
    }

    @Sendable private func screen(
        _ request: Request,
        _ context: ReaderContext
    ) async throws -> Response {
        let reader = try context.requireReader()
        let form = try await FormFields(of: request)
        try form.check(reader)
        guard let dark = form.yesOrNo("dark"), let bright = form.yesOrNo("bright") else {
            throw PageError.unreadableForm
        }
        try await study.checkScreen(ScreenCheck(seesDark: dark, seesBright: bright), reader.session)
        return .seeOther("/study")
    }

    @Sendable private func disclosure(
        _ request: Request,
        _ context: ReaderContext
    ) async throws -> Response {
        let reader = try context.requireReader()
        try await FormFields(of: request).check(reader)
        // Whoever asks for the purpose before its turn stays with the step that is due.
        if case .disclosure = try await study.nextStep(of: reader.session, at: now()) {
            try await study.disclose(reader.session, at: now())
        }
        return .seeOther("/study")
    }

    @Sendable private func image(
        _ request: Request,
        _ context: ReaderContext
    ) async throws -> Response {
        let reader = try context.requireReader()
        let name = try context.parameters.require("image")
        let file = try await study.image(imageID: name, of: reader.session, at: now())
        guard let file else { throw PageError.notFound }
        return Response(
            status: .ok,
            headers: [.contentType: "image/png"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: file))
        )
    }

    @Sendable private func paused(_ request: Request, _ context: ReaderContext) throws -> Response {
        let reader = try context.requireReader()
        return try pages.message(
            Message(
                heading: "Paused",
                paragraphs: [
                    "Your place and what you entered are kept. Go on here, or on another device with "
                        + "your invitation."
                ],
                action: .get("/study", "Go on"),
                csrf: reader.formToken,
                signOut: true
            )
        )
    }

    private func end(_ heading: String, _ text: String, _ reader: SignedIn) throws -> Response {
        try pages.message(
            Message(
                heading: heading,
                paragraphs: [text],
                csrf: reader.formToken,
                signOut: true
            )
        )
    }
}

extension FormFields {
    fileprivate func yesOrNo(_ name: String) -> Bool? {
        switch self[name] {
        case "yes": true
        case "no": false
        default: nil
        }
    }
}

extension String {
    /// The paragraphs of a text: what stands between empty lines.
    fileprivate var paragraphs: [String] {
        split(separator: "\n\n").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { !$0.isEmpty }
    }
}
