import Foundation
import Testing

/// A reader who goes on as the page does: an answer is sent again, with the same key, until the
/// server acknowledges it.
final class ScriptedReader {
    private let code: String
    private var cookie: String?
    private var pending: [String: String]?
    /// The descriptions of all answers that the server acknowledged, in order.
    private(set) var acknowledged: [String] = []
    /// How many those are, and how long the last image took, for who watches.
    let pace = Locked((count: 0, last: Duration.milliseconds(50)))
    /// How often an answer was sent again.
    private(set) var repeatCount = 0

    init(code: String) { self.code = code }

    /// Reads until every image is answered or the server is gone.
    ///
    /// - Returns: whether every image is answered.
    func read(at site: URL) async throws -> Bool {
        let browser = Browser(site: site, session: cookie)
        do {
            if cookie == nil {
                try await browser.submit("/session", ["code": code])
                cookie = browser.session
            }
            if try await browser.open("/study").text.contains("I agree to take part") {
                try await browser.submit("/study/consent")
            }
            var start = ContinuousClock.now
            while let image = browser.imagePath ?? (pending == nil ? nil : "/study") {
                let answer = pending ?? newAnswer(browser)
                if pending != nil {
                    repeatCount += 1
                } else {
                    #expect(try await browser.request("GET", image).status == 200)
                }
                pending = answer
                let response = try await browser.post("/study/answers", answer)
                try #require(response.status == 303, "\(response.status): \(response.text)")
                acknowledged.append(answer["description"] ?? "")
                pending = nil
                try await browser.open("/study")
                pace.value = (acknowledged.count, ContinuousClock.now - start)
                start = .now
            }
            return true
        } catch is WebClient.NoResponse {
            return false
        }
    }

    private func newAnswer(_ browser: Browser) -> [String: String] {
        browser.hiddenFields.merging(["label": "real", "description": UUID().uuidString]) { $1 }
    }
}
