package import Foundation
import GRDB
import ReaderStudy

extension StudyStore {
    /// What a reader has to do next.
    package func nextStep(
        of session: ReaderSession,
        at now: Date
    ) async throws(StudyStoreError) -> ReadingStep {
        let step = try await read { try nextStep(of: session, at: now, in: $0) }
        guard case .showing(let task) = step else { return step }
        try await noteFirstShowing(of: task, at: now)
        return step
    }

    /// An answered image that the reader may still change, or nil.
    package func revisableTask(
        imageID: String,
        of session: ReaderSession
    ) async throws(StudyStoreError) -> ReadingTask? {
        try await read { try revisableTask(imageID: imageID, of: session, in: $0) }
    }

    /// The PNG file that a reader may see at this moment under an image's name, or nil.
    ///
    /// That is the image to be judged now and, where answers can be changed, those that were
    /// judged. All other names, and those of other readers, are unknown here.
    package func image(
        imageID: String,
        of session: ReaderSession,
        at now: Date
    ) async throws(StudyStoreError) -> Data? {
        let file = try await read { database -> String? in
            guard try isVisible(imageID, to: session, at: now, in: database) else { return nil }
            return try String.fetchOne(
                database,
                sql: """
                    SELECT file FROM image JOIN showing ON imageID = image.id WHERE publicID = ?
                    """,
                arguments: [imageID]
            )
        }
        guard let file else { return nil }
        return try Data.reading(folder, file)
    }

    private func isVisible(
        _ imageID: String,
        to session: ReaderSession,
        at now: Date,
        in database: Database
    ) throws -> Bool {
        if case .showing(let task) = try nextStep(of: session, at: now, in: database),
            task.imageID == imageID
        {
            return true
        }
        return try revisableTask(imageID: imageID, of: session, in: database) != nil
    }

    func nextStep(
        of session: ReaderSession,
        at now: Date,
        in database: Database
    ) throws -> ReadingStep {
        guard try Self.isOpen(database) else { return .closed }
        let state = try Row.fetchOne(
            database,
            sql: """
                SELECT consentedAt, disclosedAt, screenCheck FROM reader, session
                WHERE reader.id = ? AND session.id = ?
                """,
            arguments: [session.readerID, session.id]
        )
        guard let state, state["consentedAt"] != nil else { return .consent }
        if definition.checksScreen && state["screenCheck"] == nil { return .screenCheck }
        let next = try Row.fetchOne(
            database,
            sql: """
                SELECT * FROM showing
                WHERE readerID = ?
                    AND NOT EXISTS (SELECT 1 FROM answer WHERE showingID = showing.id)
                ORDER BY phase, position LIMIT 1
                """,
            arguments: [session.readerID]
        )
        guard let next else { return .finished }
        let isJudgement = (next["phase"] as Int) == ReadingPhase.judgement.rawValue
        if isJudgement, definition.impressionCount > 0, state["disclosedAt"] == nil {
            return .disclosure
        }
        if isJudgement, let start = try washoutEnd(before: next, in: database), start > now {
            return .waiting(until: start)
        }
        return .showing(try task(next, isRevision: false, in: database))
    }

    /// When a session may begin whose first image is next; nil within a session.
    private func washoutEnd(before showing: Row, in database: Database) throws -> Date? {
        guard definition.washoutDays > 0, (showing["block"] as Int) > 0 else { return nil }
        let previous = try Row.fetchOne(
            database,
            sql: """
                SELECT block, (SELECT min(answeredAt) FROM answer WHERE showingID = showing.id) AS at
                FROM showing WHERE readerID = ? AND phase = 1 AND position = ?
                """,
            arguments: [showing["readerID"], (showing["position"] as Int) - 1]
        )
        guard let previous, (previous["block"] as Int) < (showing["block"] as Int),
            let end: Date = previous["at"]
        else { return nil }
        return end.addingTimeInterval(Double(definition.washoutDays) * 86_400)
    }

    func revisableTask(
        imageID: String,
        of session: ReaderSession,
        in database: Database
    ) throws -> ReadingTask? {
        guard definition.allowsRevision, try Self.isOpen(database) else { return nil }
        // First impressions stay as they are once the purpose is known.
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT showing.* FROM showing JOIN reader ON reader.id = readerID
                WHERE publicID = ? AND readerID = ? AND (phase = 1 OR disclosedAt IS NULL)
                    AND EXISTS (SELECT 1 FROM answer WHERE showingID = showing.id)
                """,
            arguments: [imageID, session.readerID]
        )
        return try row.map { try task($0, isRevision: true, in: database) }
    }

    private func task(_ row: Row, isRevision: Bool, in database: Database) throws -> ReadingTask {
        let id: Int64 = row["id"]
        let total = try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM showing WHERE readerID = ? AND phase = ?",
            arguments: [row["readerID"], row["phase"]]
        )
        var previous: String?
        if definition.allowsRevision {
            previous = try String.fetchOne(
                database,
                sql: """
                    SELECT publicID FROM showing WHERE readerID = ? AND phase = ? AND position = ?
                    """,
                arguments: [row["readerID"], row["phase"], (row["position"] as Int) - 1]
            )
        }
        return ReadingTask(
            showingID: id,
            imageID: row["publicID"],
            phase: (row["phase"] as Int) == 0 ? .impression : .judgement,
            number: row["position"] + 1,
            total: total ?? 0,
            draft: isRevision
                ? try Self.latestAnswer(id, in: database) : try Self.draft(id, in: database),
            isRevision: isRevision,
            previousImageID: previous
        )
    }

    private func noteFirstShowing(of task: ReadingTask, at now: Date) async throws(StudyStoreError)
    {
        let isNew = try await read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT shownAt IS NULL FROM showing WHERE id = ?",
                arguments: [task.showingID]
            ) ?? false
        }
        guard isNew else { return }
        try await write { database in
            try database.execute(
                sql: "UPDATE showing SET shownAt = ? WHERE id = ? AND shownAt IS NULL",
                arguments: [now, task.showingID]
            )
        }
    }
}
