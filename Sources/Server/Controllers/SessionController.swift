import Foundation
import HTTPTypes
import Hummingbird
import StudyStore

/// Signing in with an invitation's code, and out.
struct SessionController {
    let study: StudyStore
    let pages: Pages
    let cookie: SessionCookie
    let limiter: SignInLimiter
    /// Whether the proxy's X-Forwarded-For says who asks.
    let isBehindProxy: Bool
    let now: @Sendable () -> Date

    func addRoutes(to router: Router<ReaderContext>) {
        router.get("/", use: page)
        router.post("session", use: signIn)
        router.post("session/end", use: signOut)
    }

    @Sendable private func page(_ request: Request, _ context: ReaderContext) throws -> Response {
        context.signedIn == nil ? try pages.signIn() : .seeOther("/study")
    }

    @Sendable private func signIn(
        _ request: Request,
        _ context: ReaderContext
    ) async throws -> Response {
        let time = now()
        let address = address(of: request, context)
        if let wait = await limiter.wait(for: address, at: time) {
            throw PageError.tooManyCodes(wait: wait)
        }
        let code = try await FormFields(of: request)["code"] ?? ""
        guard let token = try await study.signIn(code: code, at: time) else {
            await limiter.noteFailure(of: address, at: time)
            return try pages.signIn(
                problem: "No invitation has this code. Check it, or ask for a new one."
            )
        }
        var response = Response.seeOther("/study")
        response.setCookie(cookie.cookie(token: token))
        return response
    }

    @Sendable private func signOut(
        _ request: Request,
        _ context: ReaderContext
    ) async throws -> Response {
        let signedIn = try context.requireReader()
        try await FormFields(of: request).check(signedIn)
        try await study.signOut(signedIn.session, at: now())
        var response = Response.seeOther("/")
        response.setCookie(cookie.expired)
        return response
    }

    /// The address that asks; of a chain of proxies only the last entry is the own proxy's word.
    private func address(of request: Request, _ context: ReaderContext) -> String {
        guard isBehindProxy, let name = HTTPField.Name("X-Forwarded-For"),
            let last = request.headers[name]?.split(separator: ",").last
        else { return context.peerAddress }
        return last.trimmingCharacters(in: .whitespaces)
    }
}
