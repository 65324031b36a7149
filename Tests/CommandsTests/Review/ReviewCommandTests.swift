import Archive
import Foundation
import Testing

struct ReviewCommandTests {
    let workspace: WorkspaceFolder

    init() throws {
        workspace = try WorkspaceFolder()
        try workspace.generate("An X-ray of the hand", "-n", "3", "--seed", "0")
        let cleo = ["Cleo", "--credentials", "radiologist", "--role", "adjudicator"]
        let outcome = try Program.run(
            Program.path,
            ["review", "reviewer", "--workspace", workspace.path] + cleo
        )
        #expect(outcome.output == "Cleo  adjudicator  radiologist\n")
        for name in ["Ada", "Ben"] {
            try workspace.archive.register(Reviewer(name: name, credentials: "radiologist"))
        }
    }

    private func vote(_ id: Int, _ words: String...) throws -> Program.Outcome {
        try Program.run(
            Program.path,
            ["review", "vote", "\(id)", "--workspace", workspace.path] + words
        )
    }

    private func queue(_ name: String) throws -> [Int64] {
        try workspace.run("review", "queue", "--by", name, "--json")
            .decodedLines(as: ImageRecord.self).map(\.id)
    }

    @Test func `votes move images through the queues to a decision`() throws {
        #expect(try queue("Ada") == [1, 2, 3])
        #expect(try vote(1, "accept", "--by", "Ada").output == "image 1 is pending\n")
        #expect(try vote(1, "accept", "--by", "Ben").output == "image 1 is accepted\n")
        #expect(try vote(2, "accept", "--by", "Ada").exitCode == 0)
        let against = ["reject", "--by", "Ben", "--reason", "extra-digit", "--reason", "other"]
        let silent = try Program.run(
            Program.path,
            ["review", "vote", "2", "--workspace", workspace.path] + against
        )
        #expect(silent.exitCode == 64 && silent.errors.contains("needs a comment"))
        let rejected = try Program.run(
            Program.path,
            ["review", "vote", "2", "--workspace", workspace.path, "--comment", "six fingers"]
                + against
        )
        #expect(rejected.output == "image 2 is disputed\n")
        #expect(try queue("Ada") == [3])
        #expect(try queue("Cleo") == [2, 3])
        let decided = try vote(2, "reject", "--by", "Cleo", "--reason", "extra-digit")
        #expect(decided.output == "image 2 is rejected\n")
        #expect(try workspace.records("review=accepted").map(\.id) == [1])
        let account = try workspace.run("archive", "count").output
        #expect(account.contains("COUNT  REJECTED FOR\n1      extra-digit\n1      other\n"))
        #expect(try workspace.archive.verify().problems.isEmpty)
    }

    @Test func `a vote is superseded, not overwritten`() throws {
        _ = try vote(1, "accept", "--by", "Ada")
        let twice = try vote(1, "reject", "--by", "Ada", "--reason", "wrong-side")
        #expect(twice.exitCode == 64 && twice.errors.contains("Ada has voted accept on image 1"))
        let words = ["reject", "--by", "Ada", "--reason", "wrong-side", "--supersede"]
        let outcome = try Program.run(
            Program.path,
            ["review", "vote", "1", "--workspace", workspace.path] + words
        )
        #expect(outcome.exitCode == 0)
        let lines = try workspace.run("review", "show", "1").outputLines
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("image 1 is pending by the rule: 2 votes, unanimity"))
        #expect(try lines[1] == "file \(workspace.archive.path(of: workspace.archive.record(1)))")
        #expect(lines[2].contains("accept, superseded  Ada"))
        #expect(lines[3].contains("reject") && lines[3].contains("wrong-side"))
    }

    @Test func `the rule is set and counts the votes anew`() throws {
        #expect(
            try workspace.run("review", "rule").output
                == "2 votes, unanimity, an adjudicator decides disagreements\n"
        )
        _ = try vote(1, "accept", "--by", "Ada")
        let outcome = try workspace.run("review", "rule", "--votes", "1", "--no-adjudication")
        #expect(outcome.output == "1 vote, unanimity, a disagreement is a rejection\n")
        #expect(try workspace.records("review=accepted").map(\.id) == [1])
        #expect(try workspace.run("review", "rule", "--votes", "0").exitCode == 64)
    }

    @Test func `strangers and wrong words are refused`() throws {
        let stranger = try vote(1, "accept", "--by", "Eve")
        #expect(stranger.exitCode == 64)
        #expect(stranger.errors.contains("registered: Ada, Ben, Cleo"))
        #expect(try vote(1, "reject", "--by", "Ada").exitCode == 64)
        #expect(try vote(9, "accept", "--by", "Ada").exitCode == 66)
        #expect(try workspace.run("review", "reviewer", "Dan").exitCode == 64)
        #expect(try workspace.run("review", "reviewer").outputLines.count == 3)
    }

    @Test(arguments: [
        ("UPDATE review_log SET payload = replace(payload, 'accept', 'reject') WHERE seq = 4", "4"),
        ("DELETE FROM review_log WHERE seq = 2", "3"),
        ("DELETE FROM review_log WHERE seq = 5", "5"),
    ])
    func `a vote that was changed or taken out shows`(_ sql: String, _ entry: String) throws {
        for name in ["Ada", "Ben"] { try workspace.archive.vote(.accept, on: 1, by: name) }
        #expect(try workspace.archive.verify().reviewEntryCount == 5)
        try workspace.tamper(
            "DROP TRIGGER review_log_is_kept; DROP TRIGGER review_log_is_fixed; \(sql)"
        )
        let outcome = try workspace.run("archive", "verify", "--repair")
        #expect(outcome.exitCode == 65)
        #expect(outcome.output.contains("PROBLEM review-log entry \(entry): "), "\(outcome.output)")
    }

    @Test func `the log is printed as it is sealed`() throws {
        _ = try vote(2, "accept", "--by", "Ada")
        let log = try workspace.run("review", "log", "--json")
        let entries = try log.decodedLines(as: ReviewLogEntry.self)
        #expect(entries.map(\.event) == [.reviewer, .reviewer, .reviewer, .vote])
        let script = """
            import hashlib, json, sys
            previous = '0' * 64
            for line in sys.stdin:
                entry = json.loads(line)
                text = '\\n'.join([previous, str(entry['seq']), entry['recorded_at'],
                                  entry['event'], entry['payload']])
                previous = hashlib.sha256(text.encode()).hexdigest()
                assert previous == entry['sha256'], entry
            print(previous)
            """
        let head = try Program.run("/usr/bin/env", ["python3", "-c", script], input: log.output)
        #expect(head.exitCode == 0, "\(head.errors)")
        #expect(try workspace.archive.verify().reviewLogHead + "\n" == head.output)
    }
}
