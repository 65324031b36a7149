import ArgumentParser
import Foundation
import PromptPolicy
import Workflows

/// `skiagraph policy test`: whether a policy does with a table of prompts what it should.
struct PolicyTest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Ask a policy about a table of prompts.",
        discussion: """
            The table has one prompt a line: "pass" or the id of a category or rule, a tab, and the prompt; \
            # begins a comment. Standard output gets the lines with another outcome; with any of them the \
            exit status is 65.

            Example:
              skiagraph policy test prompts.tsv --policy policy.json
            """
    )

    @Argument(help: "Table of prompts.")
    var table: String

    @OptionGroup var options: PolicyOptions

    @Flag(help: "Print one JSON object a prompt, expected or not.")
    var json = false

    func run() throws {
        try complaining {
            let outcomes = try PolicyTable.outcomes(path: table, under: options.policy())
            let unexpected = outcomes.filter { !$0.isExpected }
            for outcome in json ? outcomes : unexpected {
                let line = OutcomeLine(outcome)
                TextStream.output.write(json ? try line.jsonText() : line.text)
            }
            try TextStream.output.check()
            guard unexpected.isEmpty else {
                throw PolicyFailure.unexpected(
                    count: unexpected.count,
                    promptCount: outcomes.count
                )
            }
            reportOnStandardError("skiagraph: all \(outcomes.count) prompts as expected")
        }
    }
}

/// One prompt of a table and what the policy does with it.
struct OutcomeLine: Encodable {
    let line: Int
    let prompt: String
    let expected: String
    let outcome: String
    let rule: String?
    let words: String?
    let isExpected: Bool

    init(_ found: PolicyTable.Outcome) {
        line = found.row.line
        prompt = found.row.prompt
        expected = found.row.expected
        outcome = found.refusal?.category ?? PolicyTable.pass
        rule = found.refusal?.rule
        words = found.refusal?.words
        isExpected = found.isExpected
    }

    var text: String {
        let place = rule.map { " (rule \($0)\(words.map { ": \($0)" } ?? ""))" } ?? ""
        let text = "line \(line): \(expected) expected, \(outcome) found\(place): \(prompt)"
        return TerminalText.line(text) + "\n"
    }

    func jsonText() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}
