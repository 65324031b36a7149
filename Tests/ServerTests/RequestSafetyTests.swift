import Foundation
import StudyStore
import Testing

@testable import Server

struct RequestSafetyTests {
    @Test func `no page runs inline script, is framed, cached, or loads from elsewhere`()
        async throws
    {
        let study = try await ServedStudy(pairs: 1, readers: ["Anna"]) {
            $0.checksScreen = true
            $0.impressionCount = 1
            $0.asksDescription = true
            $0.regionTerms = ["heart"]
            $0.confidenceLevels = 5
        }
        try await study.serving { site in
            var pages: [Browser.Response] = [try await Browser(site: site).open("/")]
            let browser = try await study.signIn(at: site)
            pages.append(try await browser.open("/study"))
            pages.append(try await browser.submit("/study/consent"))
            pages.append(
                try await browser.submit("/study/screen", ["dark": "yes", "bright": "yes"])
            )
            pages.append(try await browser.submit("/study/answers", ["quality": "3"]))
            pages.append(try await browser.submit("/study/disclosure"))
            pages.append(try await browser.open("/paused"))
            pages.append(try await browser.open("/nothing-here"))
            #expect(Set(pages.map(\.text)).count == 8)
            for page in pages { checkPage(page) }
            for name in ["style.css", "reading.js", "grey-steps.svg", "none.js"] {
                checkHeaders(try await browser.request("GET", "/assets/\(name)"))
            }
        }
    }

    @Test func `forms of other sites are refused`() async throws {
        let study = try await ServedStudy()
        try await study.serving { site in
            let browser = try await study.beginReading(at: site)
            let form = browser.hiddenFields.merging(["label": "real"]) { $1 }
            let port = try #require(site.port)
            for origin in [
                "http://evil.example", "null", "", "http://127.0.0.1:\(port + 1)",
                "http://127.0.0.1.evil.example:\(port)", "http://evil.example/http://127.0.0.1",
            ] {
                let response = try await browser.post(
                    "/study/answers",
                    form,
                    headers: ["Origin": origin]
                )
                #expect(response.status == 403, "\(origin)")
            }
            let other = try await study.signIn("Bert", at: site)
            try await other.open("/study")
            for token in ["", "x", other.hiddenFields["csrf"] ?? ""] {
                let forged = form.merging(["csrf": token]) { $1 }
                for path in ["answers", "draft", "pause", "consent", "disclosure", "screen"] {
                    let response = try await browser.post("/study/\(path)", forged)
                    #expect(response.status == 403, "\(path) with \(token)")
                }
                #expect(try await browser.post("/session/end", forged).status == 403)
            }
        }
        #expect(try await study.store.progress().map(\.answered) == [0, 0])
    }

    @Test func `what is no form of moderate size is refused`() async throws {
        let study = try await ServedStudy()
        try await study.serving { site in
            let browser = try await study.beginReading(at: site)
            let form = "application/x-www-form-urlencoded"
            let bodies = [
                (type: form, body: "csrf=%GG"),
                (type: form, body: "csrf=%FF%FE"),
                (type: form, body: "csrf=" + String(repeating: "a", count: 128 * 1024)),
                (type: "application/json", body: "{}"),
                (type: "multipart/form-data; boundary=x", body: "--x--"),
                (type: "text/plain", body: "csrf=a"),
            ]
            for (type, body) in bodies {
                let response = try await browser.request(
                    "POST",
                    "/study/answers",
                    headers: ["Content-Type": type],
                    body: body
                )
                #expect((400..<500).contains(response.status), "\(type) \(body.prefix(12))")
            }
            let long = String(repeating: "a", count: 64 * 1024)
            #expect(try await browser.request("GET", "/study?\(long)").status >= 400)
            #expect(try await browser.open("/study").status == 200)
        }
    }

    private func checkPage(_ page: Browser.Response) {
        checkHeaders(page)
        #expect(page["Content-Type"] == "text/html; charset=utf-8")
        for script in page.text.matches(of: /<script[^>]*>/) {
            #expect(script.0.contains(#"src="/assets/"#))
        }
        for attribute in page.text.matches(of: /<[a-z][^>]*\s(on\w+|style)=/) {
            Issue.record("inline script or style: \(attribute.0)")
        }
        for address in page.text.matches(of: /(?:src|href|action)="([^"]*)"/) {
            #expect(address.1.hasPrefix("/") && !address.1.hasPrefix("//"), "\(address.1)")
        }
    }

    private func checkHeaders(_ response: Browser.Response) {
        let policy = response["Content-Security-Policy"] ?? ""
        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(response["X-Content-Type-Options"] == "nosniff")
        #expect(response["Cache-Control"] == "no-store")
        #expect(response["Server"] == nil)
    }
}
