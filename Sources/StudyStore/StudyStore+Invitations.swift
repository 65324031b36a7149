public import Foundation
import GRDB

extension StudyStore {
    /// Invites a reader: makes a new code, shown here and never again.
    ///
    /// An older code of the reader is void from now on, and so are the reader's sessions.
    ///
    /// - Throws: `StudyStoreError.unknownReader` or `.closed`.
    public func invite(
        _ reader: String,
        by who: String,
        at now: Date
    ) async throws(StudyStoreError) -> String {
        let code = Secret.code()
        guard let normalized = Secret.normalized(code: code) else {
            preconditionFailure("a code that was made is a code")
        }
        try await write { database in
            try requireOpen(database)
            let id = try requireReader(reader, in: database)
            try database.execute(sql: "DELETE FROM session WHERE readerID = ?", arguments: [id])
            try database.execute(
                sql: """
                    INSERT INTO invitation (readerID, codeHash, createdAt) VALUES (?, ?, ?)
                    ON CONFLICT (readerID)
                        DO UPDATE SET codeHash = excluded.codeHash, createdAt = excluded.createdAt
                    """,
                arguments: [id, Secret.hash(normalized), now]
            )
            try Self.record(.invited, by: who, at: now, note: reader, in: database)
        }
        return code
    }

    /// Takes a reader's invitation and sessions back; what was answered stays.
    ///
    /// - Throws: `StudyStoreError.unknownReader`.
    public func revokeInvitation(of reader: String) async throws(StudyStoreError) {
        try await write { database in
            let id = try requireReader(reader, in: database)
            for table in ["session", "invitation"] {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE readerID = ?",
                    arguments: [id]
                )
            }
        }
    }
}
