import FoundationEssentials
import GRDB

/// One entry of the review log, sealed by its hash and, through the next entry, by all later ones.
public struct ReviewLogEntry: Sendable, Hashable, Codable {
    /// What an entry tells of.
    public enum Event: String, Sendable, Codable {
        /// A reviewer was registered, or changed.
        case reviewer
        /// The project's rule was set.
        case rule
        /// A vote was given.
        case vote
    }

    /// What the first entry follows.
    public static let origin = String(repeating: "0", count: 64)

    /// The place in the log, from 1 without gaps.
    public let seq: Int64
    /// When it was written.
    public let recordedAt: Timestamp
    /// What it tells of.
    public let event: Event
    /// What it tells, as JSON.
    public let payload: String
    /// The hash of the entry before.
    public let previousSHA256: String
    /// The hash of this entry.
    public let sha256: String

    enum CodingKeys: String, CodingKey {
        case seq, event, payload, sha256
        case recordedAt = "recorded_at"
        case previousSHA256 = "previous_sha256"
    }

    init(
        seq: Int64,
        recordedAt: Timestamp,
        event: Event,
        payload: String,
        previousSHA256: String
    ) {
        self.seq = seq
        self.recordedAt = recordedAt
        self.event = event
        self.payload = payload
        self.previousSHA256 = previousSHA256
        sha256 = Self.seal(seq, recordedAt.description, event.rawValue, payload, previousSHA256)
    }

    /// The SHA-256 of the five values, each followed by a line feed but the last.
    ///
    /// The payload is JSON on one line, so that no two entries give the same text.
    static func seal(
        _ seq: Int64,
        _ recordedAt: String,
        _ event: String,
        _ payload: String,
        _ previousSHA256: String
    ) -> String {
        SHA256Text.of("\(previousSHA256)\n\(seq)\n\(recordedAt)\n\(event)\n\(payload)")
    }

    /// A value in the form in which the log keeps it: one line, keys sorted.
    static func payload(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(payload.utf8))
    }
}

extension ReviewLogEntry: RowReadable {
    init(row: Row) throws {
        seq = row["seq"]
        recordedAt = try row.time("recorded_at")
        event = try row.value("event")
        payload = row["payload"]
        previousSHA256 = row["previous_sha256"]
        sha256 = row["sha256"]
    }
}
