import Foundation
import HTTPTypes
import Hummingbird

/// Refuses forms that a browser sends from another site.
///
/// Browsers name the page's origin in each form they send; programs that name none carry no cookie
/// that another site could use.
struct SameOrigin: RouterMiddleware {
    func handle(
        _ request: Request,
        context: ReaderContext,
        next: Next
    ) async throws -> Response {
        if request.method != .get, !Self.isOwn(request) { throw PageError.foreignForm }
        return try await next(request, context)
    }

    private static func isOwn(_ request: Request) -> Bool {
        guard let origin = request.headers[.origin] else { return true }
        guard let host = request.head.authority, let url = URL(string: origin),
            let name = url.host()
        else { return false }
        return host == (url.port.map { "\(name):\($0)" } ?? name)
    }
}
