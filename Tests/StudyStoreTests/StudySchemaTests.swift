import Foundation
import GRDB
import ReaderStudy
import Testing

@testable import StudyStore

/// What the database itself refuses, whatever a program asks of it.
struct StudySchemaTests {
    @Test(arguments: [
        ("answer = 'fake'", nil),
        ("answer = 'other', confidence = NULL", "the study does not offer this label"),
        ("answer = 'uncertain', confidence = NULL", "the study does not offer this label"),
        (
            "answer = NULL, confidence = NULL",
            "the first phase takes a quality and no label, the second a label and no quality"
        ),
        (
            "quality = 3",
            "the first phase takes a quality and no label, the second a label and no quality"
        ),
        ("confidence = NULL", "confidence belongs to real and fake, where the study asks for it"),
        ("confidence = 6", "confidence belongs to real and fake, where the study asks for it"),
        ("seconds = -1.0", "CHECK constraint failed: seconds >= 0"),
        ("regions = 'x'", "CHECK constraint failed: json_valid(regions)"),
        ("clientKey = 'short'", "CHECK constraint failed: length(clientKey) BETWEEN 16 AND 64"),
        ("revision = 1", "the study does not allow changing answers"),
        ("showingID = 2", "an earlier image has no answer yet"),
        ("showingID = 99", "the reader has not consented"),
    ])
    func `an answer that breaks a rule is refused`(change: String, message: String?) async throws {
        let study = try await TestStudy {
            $0.labels = [.real, .fake]
            $0.confidenceLevels = 5
        }
        _ = try await study.signIn()
        #expect(await refusal(study, insertion(change)) == message)
    }

    @Test func `an answer needs consent and an open study`() async throws {
        let study = try await TestStudy()
        let insert = insertion("confidence = NULL")
        #expect(await refusal(study, insert) == "the reader has not consented")
        _ = try await study.signIn()
        try await study.store.close(by: "lead", at: TestStudy.start)
        #expect(await refusal(study, insert) == "the study is closed")
    }

    @Test func `what was recorded stays`() async throws {
        let study = try await TestStudy()
        let session = try await study.signIn()
        try await study.answer(.real, session)
        for (statement, message) in [
            ("UPDATE answer SET answer = 'fake'", "what is in answer stays as it was recorded"),
            ("DELETE FROM answer", "what is in answer stays as it was recorded"),
            ("UPDATE image SET truth = 'fake'", "what is in image stays as it was recorded"),
            ("DELETE FROM event", "what is in event stays as it was recorded"),
            ("UPDATE study SET definition = '{}'", "a study keeps its definition"),
            ("UPDATE showing SET position = 9 WHERE id = 1", "a reader keeps the order"),
        ] {
            #expect(await refusal(study, statement) == message)
        }
    }

    @Test func `two answers to one showing need leave to revise`() async throws {
        let study = try await TestStudy()
        let session = try await study.signIn()
        try await study.answer(.real, session)
        let again = insertion("confidence = NULL")
        #expect(await refusal(study, again) == "the study does not allow changing answers")
    }

    /// An insertion of an answer to the first showing with some columns changed.
    private func insertion(_ changes: String) -> String {
        var values = [
            "showingID": "1", "revision": "0", "clientKey": "'0123456789abcdef'",
            "answer": "'real'", "quality": "NULL", "confidence": "3", "description": "''",
            "regions": "'[]'", "seconds": "1.0", "answeredAt": "'2026-01-01 00:00:00.000'",
        ]
        for change in changes.split(separator: ", ") {
            let parts = change.split(separator: " = ").map(String.init)
            values[parts[0]] = parts[1]
        }
        let columns = values.keys.sorted()
        let list = columns.compactMap { values[$0] }.joined(separator: ", ")
        return "INSERT INTO answer (\(columns.joined(separator: ", "))) VALUES (\(list))"
    }

    /// What the database says to a statement; nil where it takes it.
    private func refusal(_ study: TestStudy, _ statement: String) async -> String? {
        do {
            try await study.store.database.write { try $0.execute(sql: statement) }
            return nil
        } catch {
            return (error as? DatabaseError)?.message
        }
    }
}
