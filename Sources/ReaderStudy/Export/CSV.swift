/// Comma-separated values as RFC 4180 has them, lines ended by a line feed.
enum CSV {
    /// A table with a header.
    static func table(_ header: [String], _ rows: [[String]]) -> String {
        ([header] + rows).map { $0.map(field).joined(separator: ",") + "\n" }.joined()
    }

    /// A value, in quotes where it holds a comma, a quote or a line break.
    ///
    /// Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers do not.
    static func field(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t".contains($0) } ?? false
        let safe = isFormula && Double(text) == nil ? "'" + text : text
        guard safe.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else {
            return safe
        }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
