import Foundation

/// JSON on the standard output, an object a line.
enum JSONLine {
    /// Writes a value, keys sorted.
    static func write(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        TextStream.output.write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
    }
}
