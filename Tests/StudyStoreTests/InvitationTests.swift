import Foundation
import Testing

@testable import StudyStore

struct InvitationTests {
    private let start = TestStudy.start

    @Test func `a code signs its reader in, however it is typed`() async throws {
        let study = try await TestStudy()
        let code = try await study.store.invite("Anna", by: "lead", at: start)
        #expect(code.count == 31)
        for typed in [code, code.lowercased(), " " + code.replacing("-", with: " ") + "\n"] {
            let token = try #require(try await study.store.signIn(code: typed, at: start))
            #expect(try await study.store.session(token: token, at: start)?.reader == "Anna")
        }
    }

    @Test func `letters that look like digits are read as digits`() {
        #expect(
            Secret.normalized(code: "oOiIlL" + String(repeating: "Z", count: 20)) == "001111"
                + String(repeating: "Z", count: 20)
        )
        #expect(Secret.normalized(code: String(repeating: "U", count: 26)) == nil)
        #expect(Secret.normalized(code: String(repeating: "Z", count: 27)) == nil)
    }

    @Test func `no other code signs in`() async throws {
        let study = try await TestStudy()
        let code = try await study.store.invite("Anna", by: "lead", at: start)
        let other = (code.first == "0" ? "1" : "0") + code.dropFirst()
        for wrong in ["", "Anna", other, String(code.dropLast())] {
            #expect(try await study.store.signIn(code: wrong, at: start) == nil)
        }
    }

    @Test func `a new invitation ends the old code and its sessions`() async throws {
        let study = try await TestStudy()
        let old = try await study.store.invite("Anna", by: "lead", at: start)
        let token = try #require(try await study.store.signIn(code: old, at: start))
        let new = try await study.store.invite("Anna", by: "lead", at: start)
        #expect(try await study.store.session(token: token, at: start) == nil)
        #expect(try await study.store.signIn(code: old, at: start) == nil)
        #expect(try await study.store.signIn(code: new, at: start) != nil)
        try await study.store.revokeInvitation(of: "Anna")
        #expect(try await study.store.signIn(code: new, at: start) == nil)
        #expect(try await study.store.progress().map(\.isInvited) == [false, false])
    }

    @Test func `a session ends after twelve unused hours, or when its reader signs out`()
        async throws
    {
        let study = try await TestStudy()
        let code = try await study.store.invite("Anna", by: "lead", at: start)
        let token = try #require(try await study.store.signIn(code: code, at: start))
        let hours = { (count: Double) in start.addingTimeInterval(count * 3600) }
        #expect(try await study.store.session(token: token, at: hours(11)) != nil)
        // Used at hour 11, so hour 22 is within twelve hours again.
        let session = try #require(try await study.store.session(token: token, at: hours(22)))
        #expect(try await study.store.session(token: token, at: hours(34.1)) == nil)
        try await study.store.signOut(session, at: hours(22))
        #expect(try await study.store.session(token: token, at: hours(22)) == nil)
    }

    @Test func `neither code nor token is on disk`() async throws {
        let study = try await TestStudy()
        let code = try await study.store.invite("Anna", by: "lead", at: start)
        let token = try #require(try await study.store.signIn(code: code, at: start))
        let normalized = try #require(Secret.normalized(code: code))
        let folder = study.store.folder.path
        var isHashThere = false
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasPrefix("study.sqlite") {
            let file = try Data(contentsOf: URL(filePath: folder + "/" + name))
            for secret in [code, normalized, token] {
                #expect(file.range(of: Data(secret.utf8)) == nil, "in \(name)")
            }
            isHashThere = isHashThere || file.range(of: Data(Secret.hash(token).utf8)) != nil
        }
        #expect(isHashThere, "the search looks in the right files")
    }

    @Test func `who invites an unknown reader hears who is known`() async throws {
        let study = try await TestStudy()
        let expected = StudyStoreError.unknownReader(name: "Carl", known: ["Anna", "Bert"])
        await #expect(throws: expected) {
            try await study.store.invite("Carl", by: "lead", at: start)
        }
    }
}
