import Foundation
import TestSupport
import Testing

/// `skiagraph policy` as a user runs it.
struct PolicyTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func policy(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(Program.path, ["policy"] + arguments)
    }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    @Test func `the built-in policy does what its table expects`() throws {
        let table = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "PromptPolicyTests/prompts.tsv").path
        let outcome = try policy("test", table)
        #expect(outcome.exitCode == 0)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("prompts as expected"))
    }

    @Test func `another outcome than expected is shown with line and rule, and exits with 65`()
        throws
    {
        try folder.write("pass\ta knee\npass\tMRN 123456\ngore\ta hand\n", to: "table.tsv")
        let outcome = try policy("test", path("table.tsv"))
        #expect(outcome.exitCode == 65)
        #expect(outcome.outputLines.count == 2)
        #expect(
            outcome.output.contains(
                "line 2: pass expected, personal-data found (rule record-number)"
            )
        )
        #expect(outcome.output.contains("line 3: gore expected, pass found"))
        #expect(outcome.errors.contains("2 of 3 prompts have another outcome"))
    }

    @Test func `one's own policy begins with the built-in one`() throws {
        let shown = try policy("show", "--json")
        #expect(shown.exitCode == 0)
        let own = shown.output.replacing(#""name": "clinical""#, with: #""name": "ours""#)
        try folder.write(own, to: "policy.json")
        let outcome = try policy("show", "--policy", path("policy.json"))
        #expect(outcome.output.hasPrefix("ours "))
        #expect(outcome.output.contains("\npersonal-data: "))
    }

    @Test func `a faulty policy is refused with its path and the place of the fault`() throws {
        let json = """
            {"format": 1, "name": "ours", "version": "1", "summary": "",
             "categories": [{"id": "a", "title": "a", "advice": "a"}],
             "rules": [{"id": "r", "category": "b", "title": "r", "refuse": ["word"]}]}
            """
        try folder.write(json, to: "policy.json")
        let outcome = try policy("show", "--policy", path("policy.json"))
        #expect(outcome.exitCode == 65)
        #expect(outcome.errors.contains("policy.json: the rule r is of the category \"b\""))
        #expect(try policy("show", "--policy", path("none.json")).exitCode == 66)
    }
}
