import HTTPTypes
import Hummingbird
import Logging

/// Turns errors into pages for readers, and into plain text for scripts.
struct ErrorPages: RouterMiddleware {
    let pages: Pages

    func handle(
        _ request: Request,
        context: ReaderContext,
        next: Next
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = PageError(error)
            if problem == .internalFault {
                context.logger.error("\(request.method) \(request.uri.path): \(error)")
            }
            return try response(to: request, problem)
        }
    }

    private func response(to request: Request, _ problem: PageError) throws -> Response {
        let wantsPage = request.headers[.accept]?.contains("text/html") ?? false
        if problem == .signedOut, wantsPage, request.method == .get { return .seeOther("/") }
        var response = Response(
            status: problem.status,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: problem.message))
        )
        if wantsPage {
            response = try pages.message(
                Message(
                    heading: "This did not work",
                    paragraphs: [problem.message],
                    action: .get("/", "To the study")
                )
            )
            response.status = problem.status
        }
        if case .tooManyCodes(let wait) = problem { response.headers[.retryAfter] = "\(wait)" }
        return response
    }
}

extension Response {
    /// Sends the browser on to another page with GET.
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }
}
