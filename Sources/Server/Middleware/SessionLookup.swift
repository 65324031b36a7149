import Foundation
import Hummingbird
import StudyStore

/// Finds the reader that a request's cookie belongs to.
struct SessionLookup: RouterMiddleware {
    let study: StudyStore
    let cookie: SessionCookie
    let now: @Sendable () -> Date

    func handle(
        _ request: Request,
        context: ReaderContext,
        next: Next
    ) async throws -> Response {
        var context = context
        if !request.uri.path.hasPrefix(AssetController.path), let token = cookie.token(of: request),
            let session = try await study.session(token: token, at: now())
        {
            context.signedIn = SignedIn(
                session: session,
                formToken: SessionCookie.formToken(of: token)
            )
        }
        return try await next(request, context)
    }
}
