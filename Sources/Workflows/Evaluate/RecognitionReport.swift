public import Evaluation
import Foundation

/// How many pictures of each prompt show what it asks for.
public struct RecognitionReport: Sendable, Encodable {
    /// One prompt's pictures.
    public struct Entry: Sendable, Encodable {
        /// The prompt.
        public let prompt: String
        /// The class that it asks for.
        public let expected: String
        /// How many pictures were taken for that class.
        public let recognized: Proportion
        /// What each picture was taken for, in the order of the seeds.
        public let seen: [String]
        /// The names of the pictures, where they were read from a folder.
        public var files: [String]?
    }

    /// The model's name.
    public let model: String
    /// The prompts in order.
    public let entries: [Entry]

    /// A table to read.
    public var text: String {
        var lines = ["recognised     95 % interval   class         prompt"]
        for entry in entries { lines.append(row(entry.recognized, entry.expected, entry.prompt)) }
        let total = Proportion(
            count: entries.reduce(0) { $0 + $1.recognized.count },
            total: entries.reduce(0) { $0 + $1.recognized.total }
        )
        lines.append(row(total, "all", ""))
        return lines.joined(separator: "\n") + "\n"
    }

    private func row(_ share: Proportion, _ name: String, _ prompt: String) -> String {
        let interval = share.wilsonInterval
        let bounds = String(
            format: "%5.1f-%5.1f %%",
            100 * interval.lowerBound,
            100 * interval.upperBound
        )
        let counts = String(format: "%4d of %4d", share.count, share.total)
        return "\(counts)   \(bounds)   "
            + name.padding(toLength: max(14, name.count + 2), withPad: " ", startingAt: 0)
            + prompt
    }
}

extension Encodable {
    /// The value as JSON with sorted keys.
    ///
    /// - Throws: `EncodingError` for a number that JSON does not have.
    public func jsonText() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "infinity",
            negativeInfinity: "-infinity",
            nan: "nan"
        )
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}
