public import Foundation
import GRDB
public import ReaderStudy

/// A reading with the words that came with it.
public struct ReadingRecord: Sendable, Equatable {
    /// The answer, as the statistics take it; answers that were changed count as they are now.
    public var reading: Reading
    /// What the reader wrote.
    public var description: String
    /// The region terms that the reader chose.
    public var regions: [String]
    /// The reading session, from 0.
    public var session: Int
    /// When the answer came.
    public var answeredAt: Date
    /// How often the answer was changed.
    public var revisionCount: Int
}

/// A first impression: an image judged before the reader knew the purpose.
public struct ImpressionRecord: Sendable, Equatable {
    /// Who answered.
    public var reader: String
    /// Which image was shown.
    public var caseID: String
    /// What the image is.
    public var truth: Truth
    /// Place in the reader's order of first impressions, from 0.
    public var position: Int
    /// The image's quality, from 1 (very poor) to 5 (very good).
    public var quality: Int
    /// What the reader wrote.
    public var description: String
    /// The region terms that the reader chose.
    public var regions: [String]
    /// Time from showing to answer, in seconds.
    public var seconds: Double
    /// When the answer came.
    public var answeredAt: Date
}

/// All that readers answered, with the truth: what a report is made from.
public struct StudyResults: Sendable, Equatable {
    /// Readers in the order in which they came, each in reading order.
    public var readings: [ReadingRecord]
    /// First impressions; none where the study has no such phase.
    public var impressions: [ImpressionRecord]

    /// The readings as the statistics take them.
    ///
    /// - Throws: `StudyError`.
    public func studyReadings() throws(StudyError) -> StudyReadings {
        try StudyReadings(readings.map(\.reading))
    }
}

extension StudyStore {
    /// A look at results before the study is closed, which is recorded.
    public struct ForcedLook: Sendable, Equatable {
        /// Who looks.
        public var who: String
        /// When.
        public var at: Date
        /// Why.
        public var reason: String

        /// Describes a look.
        public init(by who: String, at: Date, reason: String) {
            self.who = who
            self.at = at
            self.reason = reason
        }
    }

    /// Unblinds: all answers with the truth.
    ///
    /// - Parameter forced: who looks and why while the study is open; unused where it is closed.
    /// - Returns: readings and first impressions in reading order.
    /// - Throws: `StudyStoreError.open` where the study is open and nobody forces the look.
    public func results(
        forced: ForcedLook? = nil
    ) async throws(StudyStoreError) -> StudyResults {
        try await write { database in
            if try Self.isOpen(database) {
                guard let forced else { throw try openError(database) }
                try Self.record(
                    .forcedLook,
                    by: forced.who,
                    at: forced.at,
                    note: forced.reason,
                    in: database
                )
            }
            return try Self.results(in: database)
        }
    }

    private func openError(_ database: Database) throws -> StudyStoreError {
        .open(
            name: definition.name,
            answered: try Int.fetchOne(
                database,
                sql: "SELECT count(DISTINCT showingID) FROM answer"
            ) ?? 0,
            expected: try Int.fetchOne(database, sql: "SELECT count(*) FROM showing") ?? 0
        )
    }

    private static func results(in database: Database) throws -> StudyResults {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT reader.name AS reader, caseID, truth, phase, position, repetition, block,
                    answer, quality, confidence, description, regions, seconds, answeredAt, revision
                FROM answer
                    JOIN showing ON showing.id = answer.showingID
                    JOIN reader ON reader.id = showing.readerID
                    JOIN image ON image.id = showing.imageID
                WHERE NOT EXISTS (SELECT 1 FROM answer AS later
                    WHERE later.showingID = answer.showingID AND later.revision > answer.revision)
                ORDER BY reader.id, phase, position
                """
        )
        var results = StudyResults(readings: [], impressions: [])
        for row in rows {
            if (row["phase"] as Int) == 0 {
                results.impressions.append(try ImpressionRecord(row))
            } else {
                results.readings.append(try ReadingRecord(row))
            }
        }
        return results
    }
}

extension ReadingRecord {
    fileprivate init(_ row: Row) throws {
        guard let answer = Answer(rawValue: row["answer"]) else {
            throw DatabaseError(message: "\"\(row["answer"] as String)\" is no answer")
        }
        self.init(
            reading: Reading(
                reader: row["reader"],
                caseID: row["caseID"],
                truth: try Truth(stored: row["truth"]),
                answer: answer,
                confidence: row["confidence"],
                seconds: row["seconds"],
                position: row["position"],
                repetition: row["repetition"]
            ),
            description: row["description"],
            regions: try row.regions,
            session: row["block"],
            answeredAt: row["answeredAt"],
            revisionCount: row["revision"]
        )
    }
}

extension ImpressionRecord {
    fileprivate init(_ row: Row) throws {
        self.init(
            reader: row["reader"],
            caseID: row["caseID"],
            truth: try Truth(stored: row["truth"]),
            position: row["position"],
            quality: row["quality"],
            description: row["description"],
            regions: try row.regions,
            seconds: row["seconds"],
            answeredAt: row["answeredAt"]
        )
    }
}

extension Row {
    /// The region terms of an answer.
    var regions: [String] {
        get throws {
            try JSONDecoder().decode([String].self, from: Data((self["regions"] as String).utf8))
        }
    }
}
