import Foundation
import StudyStore
import Testing

@testable import Server

struct SignInTests {
    private let day: TimeInterval = 86_400

    @Test func `a code signs in on any device, however it is typed`() async throws {
        let study = try await ServedStudy()
        let code = try await study.store.invite("Anna", by: "lead", at: ServedStudy.start)
        let typed = [code, code.lowercased(), code.replacing("-", with: " "), "  \(code) "]
        try await study.serving { site in
            for text in typed {
                let browser = Browser(site: site)
                let response = try await browser.submit("/session", ["code": text])
                #expect(response.status == 200)
                #expect(browser.heading == "Reading lungs")
                #expect(response.text.contains("I agree to take part"))
            }
        }
    }

    @Test func `wrong codes get no session, and after ten the address waits for a minute`()
        async throws
    {
        let study = try await ServedStudy()
        let code = try await study.store.invite("Anna", by: "lead", at: ServedStudy.start)
        try await study.serving { site in
            let browser = Browser(site: site)
            let wrong = ["", "x", String(repeating: "0", count: 26), code + "0", "' OR 1=1 --"]
            for text in wrong + wrong {
                let response = try await browser.submit("/session", ["code": text])
                #expect(response.status == 401)
                #expect(response.text.contains("No invitation has this code"))
            }
            #expect(browser.session == nil)
            study.clock.update { $0 += 18 }
            let locked = try await browser.submit("/session", ["code": code])
            #expect(locked.status == 429)
            #expect(locked["Retry-After"] == "42")
            study.clock.update { $0 += 43 }
            #expect(try await browser.submit("/session", ["code": code]).status == 200)
            #expect(browser.session != nil)
        }
    }

    @Test func `behind a proxy, the reader's own address waits, which the reader cannot choose`()
        async throws
    {
        let study = try await ServedStudy()
        let settings = ServerSettings(port: 0, transport: .proxy)
        try await study.serving(settings: settings) { site in
            let browser = Browser(site: site)
            let addresses = (0..<11).map { "10.0.0.\($0), 192.0.2.7" } + ["192.0.2.8"]
            var statuses: [Int] = []
            for address in addresses {
                statuses.append(try await browser.attemptSignIn(from: address).status)
            }
            #expect(statuses == Array(repeating: 401, count: 10) + [429, 401])
        }
    }

    @Test(arguments: [
        (ServerSettings.Transport.plain, "session", false),
        (.proxy, "__Host-session", true),
    ])
    func `the cookie is out of reach of scripts and other sites`(
        _ transport: ServerSettings.Transport,
        _ name: String,
        _ isSecure: Bool
    ) async throws {
        let study = try await ServedStudy()
        let code = try await study.store.invite("Anna", by: "lead", at: ServedStudy.start)
        let settings = ServerSettings(port: 0, transport: transport)
        try await study.serving(settings: settings) { site in
            let response = try await Browser(site: site).post("/session", ["code": code])
            let cookie = try #require(response["Set-Cookie"])
            let parts = cookie.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(parts[0].wholeMatch(of: /.*=[0-9a-f]{64}/) != nil)
            #expect(parts[0].hasPrefix("\(name)="))
            #expect(parts.contains("HttpOnly"))
            #expect(parts.contains("SameSite=Strict"))
            #expect(parts.contains("Path=/"))
            #expect(!parts.contains { $0.hasPrefix("Domain") })
            #expect(parts.contains("Secure") == isSecure)
            #expect((response["Strict-Transport-Security"] != nil) == isSecure)
        }
    }

    @Test func `without a session pages lead to the sign-in, and scripts hear of it`() async throws
    {
        let study = try await ServedStudy()
        try await study.serving { site in
            let browser = Browser(site: site)
            for path in ["/study", "/paused", "/study/images/\(String(repeating: "a", count: 32))"]
            {
                let page = try await browser.request("GET", path)
                #expect(page.status == 303)
                #expect(page["Location"] == "/")
                let script = try await browser.request("GET", path, headers: ["Accept": "*/*"])
                #expect(script.status == 401)
            }
            for path in ["/study/answers", "/study/draft", "/study/pause", "/study/consent"] {
                #expect(try await browser.post(path, ["image": "x"]).status == 401)
            }
        }
    }

    @Test func `a session ends by sign-out, after twelve unused hours, and by a new invitation`()
        async throws
    {
        let study = try await ServedStudy()
        try await study.serving { site in
            let signedOut = try await study.signIn(at: site)
            let window = signedOut.secondWindow()
            try await signedOut.open("/paused")
            try await signedOut.submit("/session/end")
            #expect(signedOut.session == nil)
            #expect(try await window.request("GET", "/study").status == 303)

            let unused = try await study.signIn(at: site)
            study.clock.update { $0 += 12 * 3600 - 1 }
            #expect(try await unused.request("GET", "/study").status == 200)
            study.clock.update { $0 += 12 * 3600 }
            #expect(try await unused.request("GET", "/study").status == 303)

            let replaced = try await study.signIn(at: site)
            _ = try await study.store.invite("Anna", by: "lead", at: study.clock.value)
            #expect(try await replaced.request("GET", "/study").status == 303)
        }
    }
}

extension Browser {
    /// Sends a wrong code through a proxy that came from these addresses.
    fileprivate func attemptSignIn(from addresses: String) async throws -> Response {
        try await post(
            "/session",
            ["code": "wrong"],
            headers: ["X-Forwarded-For": addresses]
        )
    }
}
