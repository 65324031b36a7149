import PromptPolicy
import Testing

struct PolicyTableTests {
    @Test func `a row expects a pass, a category or a rule`() throws {
        let table = try PolicyTable(
            text: "# colours\n\npass\ta knee\ncolour\ta red knee\r\nhues\tgreen\npass\tred\n"
        )
        let outcomes = try table.outcomes(under: PromptPolicy(json: PolicyText().json))
        #expect(outcomes.map(\.row.line) == [3, 4, 5, 6])
        #expect(outcomes.map(\.isExpected) == [true, true, true, false])
        #expect(outcomes.map { $0.refusal?.rule } == [nil, "hues", "hues", "hues"])
    }

    @Test func `a faulty table is refused with its line`() throws {
        #expect(throws: PolicyError.emptyTable) { try PolicyTable(text: "# nothing\n") }
        #expect(throws: PolicyError.tableLine(2, text: "pass a knee")) {
            try PolicyTable(text: "pass\ta\npass a knee")
        }
        let table = try PolicyTable(text: "passes\ta knee")
        #expect(
            throws: PolicyError.unknownExpectation(
                "passes",
                line: 1,
                known: ["pass", "colour", "data", "code", "hues"]
            )
        ) { try table.outcomes(under: PromptPolicy(json: PolicyText().json)) }
    }
}
