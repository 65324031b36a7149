public import Foundation
import GRDB

/// Something that was done to a study, kept for good.
public struct StudyEvent: Sendable, Equatable {
    /// What was done.
    public enum Kind: String, Sendable, CaseIterable {
        /// The study was made.
        case created
        /// A reader was added later; the note is the name.
        case readerAdded
        /// A reader got a new invitation; the note is the name.
        case invited
        /// The study stopped taking answers.
        case closed
        /// It takes answers again.
        case reopened
        /// Somebody looked at results of an open study; the note says why.
        case forcedLook
    }

    /// When.
    public var at: Date
    /// Who.
    public var who: String
    /// What.
    public var kind: Kind
    /// More about it.
    public var note: String
}

extension StudyStore {
    /// Whether the study takes answers.
    public func isOpen() async throws(StudyStoreError) -> Bool {
        try await read { try Self.isOpen($0) }
    }

    /// Stops taking answers; from now on the results may be seen.
    ///
    /// - Throws: `StudyStoreError.closed` where it is closed already.
    public func close(by who: String, at now: Date, note: String = "") async throws(StudyStoreError)
    {
        try await write { database in
            try requireOpen(database)
            try database.execute(sql: "UPDATE study SET isOpen = 0")
            try Self.record(.closed, by: who, at: now, note: note, in: database)
        }
    }

    /// Takes answers again; nothing happens to a study that is open.
    public func reopen(by who: String, at now: Date, note: String = "")
        async throws(StudyStoreError)
    {
        try await write { database in
            guard try !Self.isOpen(database) else { return }
            try database.execute(sql: "UPDATE study SET isOpen = 1")
            try Self.record(.reopened, by: who, at: now, note: note, in: database)
        }
    }

    /// All that was done to the study, oldest first.
    public func events() async throws(StudyStoreError) -> [StudyEvent] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM event ORDER BY id").compactMap { row in
                StudyEvent.Kind(rawValue: row["kind"]).map { kind in
                    StudyEvent(at: row["at"], who: row["who"], kind: kind, note: row["note"])
                }
            }
        }
    }

    static func isOpen(_ database: Database) throws -> Bool {
        try Bool.fetchOne(database, sql: "SELECT isOpen FROM study") ?? false
    }

    func requireOpen(_ database: Database) throws {
        guard try Self.isOpen(database) else {
            throw StudyStoreError.closed(name: definition.name)
        }
    }

    static func record(
        _ kind: StudyEvent.Kind,
        by who: String,
        at now: Date,
        note: String,
        in database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO event (at, who, kind, note) VALUES (?, ?, ?, ?)",
            arguments: [now, who, kind.rawValue, note]
        )
    }
}
