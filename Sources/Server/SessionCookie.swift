import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import StudyStore

/// The cookie that holds a session's secret: no script sees it, no other site sends it.
struct SessionCookie: Sendable {
    /// Whether it may only travel over TLS; its name then binds it to this host.
    let isSecure: Bool

    private var name: String { isSecure ? "__Host-session" : "session" }

    /// The session's secret, where the request has one.
    func token(of request: Request) -> String? { request.cookies[name]?.value }

    /// The cookie of a new session.
    func cookie(token: String) -> Cookie { cookie(token, maxAge: Int(StudyStore.sessionLifetime)) }

    /// The cookie that removes the other.
    var expired: Cookie { cookie("", maxAge: 0) }

    /// The token of a session's forms, which another site cannot know.
    static func formToken(of token: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("form".utf8),
            using: SymmetricKey(data: Data(token.utf8))
        )
        return Data(code).base64EncodedString()
    }

    private func cookie(_ value: String, maxAge: Int) -> Cookie {
        Cookie(
            name: name,
            value: value,
            maxAge: maxAge,
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: .strict
        )
    }
}
