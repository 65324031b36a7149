public import Foundation

/// A moment in UTC, to the millisecond, as the archive writes it: "2026-01-31T08:15:00.250Z".
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970.
    public let milliseconds: Int64

    /// Rounds a date to milliseconds.
    public init(_ date: Date = .now) {
        milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
    }

    /// Reads the text that `description` writes; a time without milliseconds and a day, which means
    /// its beginning, are taken too.
    public init?(_ text: String) {
        let full = text.utf8.count == 10 ? text + "T00:00:00Z" : text
        let style = Date.ISO8601FormatStyle()
        let date =
            (try? style.year().month().day().time(includingFractionalSeconds: true).parse(full))
            ?? (try? style.parse(full))
        guard let date else { return nil }
        self.init(date)
    }

    /// The moment as a date.
    public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// Whether the first moment is the earlier.
    public static func < (first: Timestamp, second: Timestamp) -> Bool {
        first.milliseconds < second.milliseconds
    }
}

extension Timestamp: CustomStringConvertible, Codable {
    /// The moment as text.
    public var description: String {
        // Half a millisecond keeps the formatter, which cuts off, from losing one.
        let date = Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000)
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "\"\(text)\" is no time of ISO 8601"
            )
        }
        self = value
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
