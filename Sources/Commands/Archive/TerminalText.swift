/// Text from outside on its way to a terminal.
enum TerminalText {
    /// One line without control characters, which could move the cursor or hide words.
    static func line(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
            // Characters without a shape of their own, among them those that turn words around.
            case .format, .surrogate: continue
            default: line.append(scalar)
            }
        }
        return String(line)
    }

    /// A line of at most so many characters; a cut shows.
    static func line(_ text: String, upTo count: Int) -> String {
        let whole = line(text)
        return whole.count <= count ? whole : whole.prefix(count - 1) + "…"
    }

    /// Rows of cells in columns, two spaces apart, without spaces at the end.
    static func table(_ rows: [[String]]) -> String {
        let rows = rows.map { $0.map { line($0) } }
        let columnCount = rows.map(\.count).max() ?? 0
        let widths = (0..<columnCount).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            let line = cells.joined(separator: "  ").reversed().drop { $0 == " " }
            return String(line.reversed()) + "\n"
        }.joined()
    }
}
