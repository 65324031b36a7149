import Foundation
import Testing

/// A reader's browser: keeps the session's cookie, names the page's origin, and knows the form of
/// the page it shows.
final class Browser: Sendable {
    typealias Response = WebClient.Response

    let site: URL
    private let client: WebClient
    private let cookie: Locked<String?>
    private let page = Locked("")

    init(site: URL, session: String? = nil, client: WebClient = WebClient()) {
        self.site = site
        self.client = client
        cookie = Locked(session)
    }

    /// What the cookie header says, or nil where the browser has no session.
    var session: String? { cookie.value }

    /// Another browser with the same cookie, as a second window has it.
    func secondWindow() -> Browser {
        Browser(site: site, session: session, client: client)
    }

    /// Opens a page and goes where it is sent on.
    @discardableResult
    func open(_ path: String) async throws -> Response {
        var response = try await request("GET", path)
        for _ in 0..<5 {
            guard let target = response["Location"] else { break }
            response = try await request("GET", target)
        }
        page.value = response.text
        return response
    }

    /// Submits a form with the hidden fields of the page that is open, and goes where it is sent on.
    @discardableResult
    func submit(_ path: String, _ fields: [String: String] = [:]) async throws -> Response {
        let response = try await post(path, hiddenFields.merging(fields) { $1 })
        guard let target = response["Location"] else { return response }
        return try await open(target)
    }

    /// Sends a form with just these fields.
    func post(
        _ path: String,
        _ fields: [String: String],
        headers: [String: String] = [:]
    ) async throws -> Response {
        try await request(
            "POST",
            path,
            headers: [
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": "http://\(site.host() ?? ""):\(site.port ?? 0)",
            ].merging(headers) { $1 },
            body: Self.encoded(fields)
        )
    }

    /// Sends any request with the session's cookie.
    func request(
        _ method: String,
        _ path: String,
        headers: [String: String] = [:],
        body: String? = nil
    ) async throws -> Response {
        let url = try #require(URL(string: site.absoluteString + path))
        var headers = ["Accept": "text/html"].merging(headers) { $1 }
        if let cookie = cookie.value { headers["Cookie"] = headers["Cookie"] ?? cookie }
        let response = try await client.send(
            method,
            url,
            headers: headers,
            body: body.map { Data($0.utf8) }
        )
        if let set = response["Set-Cookie"]?.split(separator: ";").first.map(String.init) {
            cookie.value = set.hasSuffix("=") ? nil : set
        }
        return response
    }

    /// The hidden fields of the page that is open: form token, image and key of an answer.
    var hiddenFields: [String: String] {
        let text = page.value
        let fields = text.matches(of: /<input type="hidden" name="([^"]+)" value="([^"]*)">/)
        return Dictionary(
            fields.map { (String($0.1), Self.decoded($0.2)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The address of the image that is open.
    var imagePath: String? {
        page.value.firstMatch(of: /src="(\/study\/images\/[^"]+)"/).map { String($0.1) }
    }

    /// The heading of the page that is open.
    var heading: String? {
        page.value.firstMatch(of: /<title>([^<]*) ·/).map { Self.decoded($0.1) }
    }

    private static func encoded(_ fields: [String: String]) -> String {
        let plain = CharacterSet.alphanumerics.intersection(.init(charactersIn: "\0"..."\u{7F}"))
        return fields.map { name, value in
            [name, value]
                .compactMap { $0.addingPercentEncoding(withAllowedCharacters: plain) }
                .joined(separator: "=")
        }.joined(separator: "&")
    }

    private static func decoded(_ text: Substring) -> String {
        [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
            .reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
    }
}
