import HTTPTypes
import Hummingbird

/// The headers of every response: nothing is cached, framed, guessed or loaded from elsewhere.
struct SecurityHeaders: RouterMiddleware {
    /// Whether browsers come over TLS.
    let isSecure: Bool

    func handle(
        _ request: Request,
        context: ReaderContext,
        next: Next
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in Self.headers { response.headers[name] = value }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private static let headers: [(HTTPField.Name, String)] = [
        (
            .contentSecurityPolicy,
            """
            default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
            connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
            """
        ),
        (.xContentTypeOptions, "nosniff"),
        // With "no-referrer", browsers would send forms without the origin that SameOrigin asks for.
        (field("Referrer-Policy"), "same-origin"),
        (field("Cross-Origin-Opener-Policy"), "same-origin"),
        (field("Cross-Origin-Resource-Policy"), "same-origin"),
        (field("Permissions-Policy"), "camera=(), geolocation=(), microphone=()"),
        (field("X-Frame-Options"), "DENY"),
    ]

    private static func field(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is a header") }
        return name
    }
}
