import Foundation
import PromptPolicy
import Testing

/// The built-in policy against the table of prompts beside this file.
struct ClinicalPolicyTests {
    static func file(_ path: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    let table: PolicyTable

    init() throws { table = try PolicyTable(text: Self.file("prompts.tsv")) }

    @Test func `every prompt has the outcome that the table expects`() throws {
        for outcome in try table.outcomes(under: .clinical) where !outcome.isExpected {
            let (row, found) = (outcome.row, outcome.refusal.map { "\($0)" } ?? "pass")
            Issue.record("line \(row.line), \(row.prompt): \(row.expected) became \(found)")
        }
    }

    @Test func `the table is large, on both sides and in every category`() {
        let counts = Dictionary(grouping: table.rows, by: \.expected).mapValues(\.count)
        #expect(table.rows.count >= 300)
        #expect(counts[PolicyTable.pass] ?? 0 >= 200)
        for category in PromptPolicy.clinical.categories {
            #expect(counts[category.id] ?? 0 >= 15, "\(category.id)")
        }
        #expect(Set(table.rows.map(\.prompt)).count == table.rows.count, "a prompt is there twice")
    }

    /// The words of radiology that the tokenizer of radiograph-mini was trained on.
    @Test func `every word of radiology passes`() throws {
        let words = try Self.file("../../Scripts/radiology-words.txt")
            .split(whereSeparator: \.isNewline)
            .filter { !$0.hasPrefix("#") && !$0.hasPrefix("[") }
            .flatMap { $0.split(separator: " ") }
        #expect(words.count > 1_000)
        for word in words {
            #expect(throws: Never.self) { try PromptPolicy.clinical.check("an image of \(word)") }
        }
    }

    @Test func `clinical words pass in upper and lower case and between other words`() throws {
        for row in table.rows where row.expected == PolicyTable.pass {
            #expect(throws: Never.self, "\(row.prompt)") {
                try PromptPolicy.clinical.check(row.prompt.lowercased())
                try PromptPolicy.clinical.check(row.prompt.uppercased())
                try PromptPolicy.clinical.check("Frontal view. \(row.prompt); high quality, 8 bit.")
            }
        }
    }

    @Test func `a refused prompt stays so inside a medical one`() throws {
        for outcome in try table.outcomes(under: .clinical) where outcome.refusal != nil {
            let prompt = "Axial CT of the abdomen, \(outcome.row.prompt)"
            #expect(throws: PromptRefusal.self, "\(prompt)") {
                try PromptPolicy.clinical.check(prompt)
            }
        }
    }
}
