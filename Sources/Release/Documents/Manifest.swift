/// One value of a table.
enum ManifestValue: Hashable {
    case text(String)
    case integer(UInt64)
    case number(Double)
}

/// The table of a release's images, in two forms: RFC 4180 text and one JSON object a line.
struct Manifest {
    /// A row; all rows have the same names in the same order.
    typealias Row = [(name: String, value: ManifestValue?)]

    let rows: [Row]

    /// With a heading; fields with commas, quotes or line breaks are quoted.
    var csv: String {
        guard let first = rows.first else { return "" }
        let heading = first.map(\.name).joined(separator: ",") + "\n"
        return rows.reduce(into: heading) { text, row in
            text += row.map { Self.field($0.value) }.joined(separator: ",") + "\n"
        }
    }

    /// What `datasets` reads beside images, as metadata.jsonl.
    var jsonLines: String {
        rows.map { row in
            "{" + row.map { "\"\($0.name)\": \(Self.json($0.value))" }.joined(separator: ", ")
                + "}\n"
        }.joined()
    }

    private static func field(_ value: ManifestValue?) -> String {
        switch value {
        case nil: ""
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .text(let text):
            text.contains { $0 == "\"" || $0 == "," || $0.isNewline }
                ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
        }
    }

    private static func json(_ value: ManifestValue?) -> String {
        switch value {
        case nil: "null"
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .text(let text): JSONText.string(text)
        }
    }
}
