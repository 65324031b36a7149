package import Foundation
import GRDB
import ReaderStudy

/// What became of an answer.
package enum AnswerOutcome: Sendable, Equatable {
    /// It is on disk.
    case recorded
    /// It was on disk before: the browser sent it again.
    case repeated
    /// The image has another answer, which stays; or it is not this image's turn.
    case outOfTurn
}

extension StudyStore {
    /// Records an answer; it is on disk when this returns `.recorded` or `.repeated`.
    ///
    /// - Parameters:
    ///   - draft: what was entered, now complete.
    ///   - imageID: the image's name for this reader's browser.
    ///   - clientKey: 16 to 64 characters that are the same when the browser sends an answer again.
    ///   - session: who answers.
    ///   - now: the time of the answer.
    /// - Returns: what became of it.
    /// - Throws: `StudyStoreError.invalidAnswer` or `.closed`.
    package func answer(
        _ draft: AnswerDraft,
        imageID: String,
        clientKey: String,
        of session: ReaderSession,
        at now: Date
    ) async throws(StudyStoreError) -> AnswerOutcome {
        guard (16...64).contains(clientKey.utf8.count) else {
            throw .invalidAnswer(
                field: "key",
                found: "\(clientKey.utf8.count) bytes",
                allowed: "16 to 64 bytes"
            )
        }
        return try await write { database in
            if try isKnown(clientKey, imageID: imageID, of: session, in: database) {
                return .repeated
            }
            try requireOpen(database)
            guard let task = try task(imageID: imageID, of: session, at: now, in: database) else {
                return .outOfTurn
            }
            let answer = try draft.checked(for: task.phase, definition)
            try insert(answer, task, clientKey, at: now, in: database)
            try database.execute(
                sql: "DELETE FROM draft WHERE showingID = ?",
                arguments: [task.showingID]
            )
            return .recorded
        }
    }

    /// Keeps what a reader has entered so far, for this or another device.
    ///
    /// - Returns: whether it was this image's turn; a draft that comes late is dropped.
    /// - Throws: `StudyStoreError.invalidAnswer`.
    package func save(
        _ draft: AnswerDraft,
        imageID: String,
        of session: ReaderSession,
        at now: Date
    ) async throws(StudyStoreError) -> Bool {
        try await write { database in
            guard case .showing(let task) = try nextStep(of: session, at: now, in: database),
                task.imageID == imageID
            else { return false }
            try draft.check(definition)
            var draft = draft
            // A draft from another device may come late; time does not run backwards.
            draft.seconds = [draft.seconds, task.draft.seconds].compactMap(\.self).max()
            let text = try String(decoding: JSONEncoder().encode(draft), as: UTF8.self)
            try database.execute(
                sql: """
                    INSERT INTO draft (showingID, content) VALUES (?, ?)
                    ON CONFLICT (showingID) DO UPDATE SET content = excluded.content
                    """,
                arguments: [task.showingID, text]
            )
            return true
        }
    }

    static func draft(_ showingID: Int64, in database: Database) throws -> AnswerDraft {
        let text = try String.fetchOne(
            database,
            sql: "SELECT content FROM draft WHERE showingID = ?",
            arguments: [showingID]
        )
        guard let text else { return AnswerDraft() }
        return try JSONDecoder().decode(AnswerDraft.self, from: Data(text.utf8))
    }

    static func latestAnswer(_ showingID: Int64, in database: Database) throws -> AnswerDraft {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT * FROM answer WHERE showingID = ? ORDER BY revision DESC LIMIT 1",
            arguments: [showingID]
        )
        guard let row else { return AnswerDraft() }
        return AnswerDraft(
            label: (row["answer"] as String?).flatMap(Answer.init(rawValue:)),
            quality: row["quality"],
            confidence: row["confidence"],
            description: row["description"],
            regions: try row.regions,
            seconds: row["seconds"]
        )
    }

    private func isKnown(
        _ clientKey: String,
        imageID: String,
        of session: ReaderSession,
        in database: Database
    ) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM answer JOIN showing ON showing.id = showingID
                    WHERE publicID = ? AND readerID = ? AND clientKey = ?)
                """,
            arguments: [imageID, session.readerID, clientKey]
        ) ?? false
    }

    /// The image's task where it is its turn or its answer may be changed.
    private func task(
        imageID: String,
        of session: ReaderSession,
        at now: Date,
        in database: Database
    ) throws -> ReadingTask? {
        if case .showing(let task) = try nextStep(of: session, at: now, in: database),
            task.imageID == imageID
        {
            return task
        }
        return try revisableTask(imageID: imageID, of: session, in: database)
    }

    private func insert(
        _ answer: AnswerDraft,
        _ task: ReadingTask,
        _ clientKey: String,
        at now: Date,
        in database: Database
    ) throws {
        let shownAt = try Date.fetchOne(
            database,
            sql: "SELECT shownAt FROM showing WHERE id = ?",
            arguments: [task.showingID]
        )
        // A browser cannot have shown the image for longer than it was out.
        let elapsed = max(0, now.timeIntervalSince(shownAt ?? now))
        let regions = try String(decoding: JSONEncoder().encode(answer.regions), as: UTF8.self)
        try database.execute(
            sql: """
                INSERT INTO answer (showingID, revision, clientKey, answer, quality, confidence,
                    description, regions, seconds, answeredAt)
                VALUES (?, (SELECT count(*) FROM answer WHERE showingID = ?),
                    ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                task.showingID, task.showingID, clientKey, answer.label?.rawValue, answer.quality,
                answer.confidence, answer.description, regions,
                min(answer.seconds ?? elapsed, elapsed), now,
            ]
        )
    }
}
