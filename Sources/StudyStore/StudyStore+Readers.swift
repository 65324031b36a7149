public import Foundation
import GRDB
import ReaderStudy

/// How far a reader is.
public struct ReaderProgress: Sendable, Equatable {
    /// The reader's name.
    public var reader: String
    /// How many images are answered, first impressions included.
    public var answered: Int
    /// How many images the reader will see, first impressions and repeats included.
    public var total: Int
    /// Whether the reader has a valid invitation.
    public var isInvited: Bool
    /// When the reader agreed to take part.
    public var consentedAt: Date?
    /// When the latest answer came.
    public var lastAnswerAt: Date?
    /// Whether the reader said of a screen that it does not show the darkest or brightest steps.
    public var hasPoorScreen: Bool
}

extension StudyStore {
    /// Adds a reader and draws the order.
    ///
    /// - Throws: `StudyStoreError.invalidReader`, `.readerExists` or `.closed`.
    public func addReader(
        _ name: String,
        by who: String,
        at now: Date
    ) async throws(StudyStoreError) {
        try await write { database in
            try requireOpen(database)
            try insertReader(name, in: database)
            try Self.record(.readerAdded, by: who, at: now, note: name, in: database)
        }
    }

    /// All readers in the order in which they came, and how far they are.
    public func progress() async throws(StudyStoreError) -> [ReaderProgress] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT name, consentedAt,
                        (SELECT count(*) FROM showing WHERE readerID = reader.id) AS total,
                        (SELECT count(DISTINCT showingID) FROM answer JOIN showing
                            ON showing.id = showingID WHERE readerID = reader.id) AS answered,
                        (SELECT max(answeredAt) FROM answer JOIN showing
                            ON showing.id = showingID WHERE readerID = reader.id) AS lastAnswerAt,
                        EXISTS (SELECT 1 FROM invitation WHERE readerID = reader.id) AS isInvited,
                        EXISTS (SELECT 1 FROM session WHERE readerID = reader.id
                            AND (screenCheck ->> '$.seesDark' = 0
                                OR screenCheck ->> '$.seesBright' = 0)) AS hasPoorScreen
                    FROM reader ORDER BY id
                    """
            ).map { row in
                ReaderProgress(
                    reader: row["name"],
                    answered: row["answered"],
                    total: row["total"],
                    isInvited: row["isInvited"],
                    consentedAt: row["consentedAt"],
                    lastAnswerAt: row["lastAnswerAt"],
                    hasPoorScreen: row["hasPoorScreen"]
                )
            }
        }
    }

    /// The images in the order in which they were given, with what they are.
    public func cases() async throws(StudyStoreError) -> [StudyCase] {
        try await read { try Self.cases(in: $0) }
    }

    /// A case's image, as every reader gets it.
    public func image(of caseID: String) async throws(StudyStoreError) -> [UInt8] {
        let file = try await read { database in
            try String.fetchOne(
                database,
                sql: "SELECT file FROM image WHERE caseID = ?",
                arguments: [caseID]
            )
        }
        guard let file else { throw .image(caseID: caseID, problem: "is not in this study") }
        return [UInt8](try Data.reading(folder, file))
    }

    static func cases(in database: Database) throws -> [StudyCase] {
        try Row.fetchAll(database, sql: "SELECT * FROM image ORDER BY id").map { row in
            StudyCase(
                caseID: row["caseID"],
                truth: try Truth(stored: row["truth"]),
                source: row["source"],
                modality: row["modality"],
                anatomy: row["anatomy"],
                finding: row["finding"],
                sex: row["sex"]
            )
        }
    }

    /// Inserts a reader with all showings, first impressions before the others.
    func insertReader(_ name: String, in database: Database) throws {
        guard Self.isReaderName(name) else { throw StudyStoreError.invalidReader(name) }
        guard try readerID(name, in: database) == nil else {
            throw StudyStoreError.readerExists(name)
        }
        try database.execute(sql: "INSERT INTO reader (name) VALUES (?)", arguments: [name])
        let reader = database.lastInsertedRowID
        let cases = try Self.cases(in: database).map { ReadingOrder.Case($0.caseID, $0.truth) }
        do {
            let impressions = try definition.impressions(of: name, cases: cases)
            let showings = try ReadingOrder(reader: name, cases: cases, design: definition.order)
            for (phase, order) in [impressions, showings.showings].enumerated() {
                for (position, showing) in order.enumerated() {
                    try insert(showing, phase: phase, position: position, reader, database)
                }
            }
        } catch let error as StudyError {
            throw StudyStoreError.design(error)
        }
    }

    private static func isReaderName(_ name: String) -> Bool {
        (1...64).contains(name.count)
            && name.first?.isWhitespace == false && name.last?.isWhitespace == false
            && name.unicodeScalars.allSatisfy { scalar in
                let isControl = scalar.properties.generalCategory == .control
                return scalar == " " || !isControl && !scalar.properties.isWhitespace
            }
    }

    func readerID(_ name: String, in database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT id FROM reader WHERE name = ?", arguments: [name])
    }

    /// The reader of this name.
    ///
    /// - Throws: `StudyStoreError.unknownReader`.
    func requireReader(_ name: String, in database: Database) throws -> Int64 {
        if let reader = try readerID(name, in: database) { return reader }
        let known = try String.fetchAll(database, sql: "SELECT name FROM reader ORDER BY id")
        throw StudyStoreError.unknownReader(name: name, known: known)
    }

    private func insert(
        _ showing: ReadingOrder.Showing,
        phase: Int,
        position: Int,
        _ reader: Int64,
        _ database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO showing
                    (readerID, phase, position, imageID, repetition, block, publicID)
                VALUES (?, ?, ?, (SELECT id FROM image WHERE caseID = ?), ?, ?, ?)
                """,
            arguments: [
                reader, phase, position, showing.caseID, showing.repetition, showing.block,
                Secret.token(byteCount: 16),
            ]
        )
    }
}

extension StudyDefinition {
    /// The images of the first phase: of both truths in nearly the study's shares.
    fileprivate func impressions(
        of reader: String,
        cases: [ReadingOrder.Case]
    ) throws(StudyError) -> [ReadingOrder.Showing] {
        guard impressionCount > 0 else { return [] }
        // The first block of an order of such blocks has a fair share of each truth.
        let design = ReadingOrder.Design(
            seed: order.seed,
            blockCount: max(1, cases.count / impressionCount)
        )
        let order = try ReadingOrder(reader: reader + "/impressions", cases: cases, design: design)
        return Array(order.showings.prefix(impressionCount)).map { showing in
            var showing = showing
            showing.block = 0
            return showing
        }
    }
}

extension Truth {
    /// The truth of a row.
    init(stored text: String) throws {
        guard let truth = Truth(rawValue: text) else {
            throw DatabaseError(message: "\"\(text)\" is no truth")
        }
        self = truth
    }
}
