package import Foundation
import GRDB

/// A reader who has signed in on one device.
package struct ReaderSession: Sendable, Equatable {
    /// The session's row.
    let id: Int64
    /// The reader's row.
    let readerID: Int64
    /// The reader's name.
    package let reader: String
}

/// What a reader says of the grey steps on a screen.
package struct ScreenCheck: Sendable, Equatable, Codable {
    /// Whether the step next to black stands out.
    package var seesDark: Bool
    /// Whether the step next to white stands out.
    package var seesBright: Bool

    /// Notes what a reader sees.
    package init(seesDark: Bool, seesBright: Bool) {
        self.seesDark = seesDark
        self.seesBright = seesBright
    }
}

extension StudyStore {
    /// How long an unused session lasts, in seconds: a working day.
    package static let sessionLifetime: TimeInterval = 12 * 3600

    /// Signs in with an invitation's code.
    ///
    /// - Returns: a new session's secret, or nil where no invitation has this code.
    package func signIn(code: String, at now: Date) async throws(StudyStoreError) -> String? {
        guard let code = Secret.normalized(code: code) else { return nil }
        let token = Secret.token(byteCount: 32)
        let isInvited = try await write { database in
            let reader = try Int64.fetchOne(
                database,
                sql: "SELECT readerID FROM invitation WHERE codeHash = ?",
                arguments: [Secret.hash(code)]
            )
            guard let reader else { return false }
            try database.execute(
                sql: "INSERT INTO session (readerID, tokenHash, usedAt) VALUES (?, ?, ?)",
                arguments: [reader, Secret.hash(token), now]
            )
            return true
        }
        return isInvited ? token : nil
    }

    /// The session of a secret, or nil where there is none or it was unused for too long.
    package func session(
        token: String,
        at now: Date
    ) async throws(StudyStoreError) -> ReaderSession? {
        let found = try await read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT session.id, readerID, name, usedAt
                    FROM session JOIN reader ON reader.id = readerID
                    WHERE tokenHash = ? AND endedAt IS NULL
                    """,
                arguments: [Secret.hash(token)]
            ).map { row in
                let session = ReaderSession(
                    id: row["id"],
                    readerID: row["readerID"],
                    reader: row["name"]
                )
                return (session: session, usedAt: row["usedAt"] as Date)
            }
        }
        guard let found, now.timeIntervalSince(found.usedAt) < Self.sessionLifetime else {
            return nil
        }
        // Exact to a few minutes is enough, and spares a write at each request.
        if now.timeIntervalSince(found.usedAt) > 300 {
            try await write { database in
                try database.execute(
                    sql: "UPDATE session SET usedAt = ? WHERE id = ?",
                    arguments: [now, found.session.id]
                )
            }
        }
        return found.session
    }

    /// Ends a session.
    package func signOut(
        _ session: ReaderSession,
        at now: Date
    ) async throws(StudyStoreError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE session SET endedAt = ? WHERE id = ?",
                arguments: [now, session.id]
            )
        }
    }

    /// Notes that a reader agrees to take part.
    package func consent(_ session: ReaderSession, at now: Date) async throws(StudyStoreError) {
        try await note("consentedAt", session, now)
    }

    /// Notes that a reader was told the purpose.
    package func disclose(_ session: ReaderSession, at now: Date) async throws(StudyStoreError) {
        try await note("disclosedAt", session, now)
    }

    /// Notes what a reader sees of the grey steps on this device.
    package func checkScreen(
        _ check: ScreenCheck,
        _ session: ReaderSession
    ) async throws(StudyStoreError) {
        try await write { database in
            let text = try String(decoding: JSONEncoder().encode(check), as: UTF8.self)
            try database.execute(
                sql: "UPDATE session SET screenCheck = ? WHERE id = ?",
                arguments: [text, session.id]
            )
        }
    }

    /// Keeps the first time of a step.
    private func note(
        _ column: String,
        _ session: ReaderSession,
        _ now: Date
    ) async throws(StudyStoreError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE reader SET \(column) = ? WHERE id = ? AND \(column) IS NULL",
                arguments: [now, session.readerID]
            )
        }
    }
}
