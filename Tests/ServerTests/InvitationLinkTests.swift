import Foundation
import StudyStore
import Testing

struct InvitationLinkTests {
    @Test func `each reader gets a link whose code signs in, once and for all`() async throws {
        let study = try await ServedStudy()
        let first = try BuiltProgram.run("invite", "--url", "https://reading.example/", on: study)
        #expect(first.status == 0)
        let lines = first.output.split(separator: "\n").map { $0.split(separator: "\t") }
        #expect(lines.map(\.first) == ["Anna", "Bert"])
        for line in lines {
            let link = try #require(line.last)
            #expect(
                link.wholeMatch(of: /https:\/\/reading\.example\/#([0-9A-Z]{5}-){5}[0-9A-Z]/) != nil
            )
            let code = String(link.split(separator: "#")[1])
            try await study.serving { site in
                let response = try await Browser(site: site).submit("/session", ["code": code])
                #expect(response.status == 200)
            }
        }
        // Nobody is left to invite, and links are shown only once.
        #expect(try BuiltProgram.run("invite", on: study) == (0, ""))
    }

    @Test func `a new link voids the former, and a revoked one opens nothing`() async throws {
        let study = try await ServedStudy()
        let codes = try (0..<2).map { _ in
            let output = try BuiltProgram.run("invite", "Anna", on: study).output
            return String(try #require(output.split(separator: "#").last).dropLast())
        }
        let statuses = { () async throws -> [Int] in
            try await study.serving { site in
                var statuses: [Int] = []
                for code in codes {
                    let response = try await Browser(site: site).post("/session", ["code": code])
                    statuses.append(response.status)
                }
                return statuses
            }
        }
        #expect(try await statuses() == [401, 303])
        #expect(try BuiltProgram.run("invite", "Anna", "--revoke", on: study) == (0, ""))
        #expect(try await statuses() == [401, 401])
    }

    @Test func `a reader can come later, and what cannot be is refused`() async throws {
        let study = try await ServedStudy()
        #expect(try BuiltProgram.run("invite", "Cleo", on: study).status != 0)
        let added = try BuiltProgram.run("invite", "Cleo", "--new", on: study)
        #expect(added.status == 0)
        #expect(added.output.hasPrefix("Cleo\thttp://127.0.0.1:8080/#"))
        #expect(try await study.store.progress().map(\.reader) == ["Anna", "Bert", "Cleo"])
        for arguments in [
            ["--new"], ["--revoke"], ["Anna", "--new", "--revoke"], ["--url", "reading"],
            ["--url", "https://reading.example/path"], ["--url", "https://reading.example/?a=b"],
        ] {
            let process = try BuiltProgram.start(
                "invite",
                arguments,
                on: study,
                output: Pipe(),
                errors: Pipe()
            )
            process.waitUntilExit()
            #expect(process.terminationStatus == 64, "\(arguments)")
        }
    }
}
