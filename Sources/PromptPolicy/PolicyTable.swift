/// Prompts with what a policy should do with each.
///
/// One a line: "pass" or the id of a category or rule, a tab, and the prompt. Blank lines and lines that begin with #
/// are passed over.
public struct PolicyTable: Sendable {
    /// The word for a prompt that passes.
    public static let pass = "pass"

    /// One line of a table.
    public struct Row: Hashable, Sendable {
        /// The line's number, from 1.
        public let line: Int
        /// "pass", or the id of a category or rule.
        public let expected: String
        /// The prompt.
        public let prompt: String
    }

    /// A row and what the policy does with it.
    public struct Outcome: Sendable {
        /// The row.
        public let row: Row
        /// The policy's refusal, or nil.
        public let refusal: PromptRefusal?
        /// Whether this is what the row expects.
        public var isExpected: Bool {
            guard let refusal else { return row.expected == PolicyTable.pass }
            return [refusal.category, refusal.rule].contains(row.expected)
        }
    }

    /// The lines with prompts.
    public let rows: [Row]

    /// Reads a table.
    ///
    /// - Throws: `PolicyError`.
    public init(text: String) throws(PolicyError) {
        var rows: [Row] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated()
        where !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#") {
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2 else { throw .tableLine(index + 1, text: String(line)) }
            rows.append(
                Row(line: index + 1, expected: String(parts[0]), prompt: String(parts[1]))
            )
        }
        guard !rows.isEmpty else { throw .emptyTable }
        self.rows = rows
    }

    /// Asks a policy about every prompt.
    ///
    /// - Throws: `PolicyError.unknownExpectation` for a row that no outcome could meet.
    public func outcomes(under policy: PromptPolicy) throws(PolicyError) -> [Outcome] {
        let known = [Self.pass] + policy.categories.map(\.id) + policy.rules.map(\.id)
        if let row = rows.first(where: { !known.contains($0.expected) }) {
            throw .unknownExpectation(row.expected, line: row.line, known: known)
        }
        return rows.map { row in
            do throws(PromptRefusal) {
                try policy.check(row.prompt)
                return Outcome(row: row, refusal: nil)
            } catch {
                return Outcome(row: row, refusal: error)
            }
        }
    }
}
