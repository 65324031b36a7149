/// The rows of comma-separated values as RFC 4180 defines them, each with the line it begins on.
///
/// Written out here because a manifest error must name its line, and because a quote that is never
/// closed must be an error instead of swallowing the rest of the file.
package struct CSVRows {
    /// One record: its fields, and the number of the line it begins on, from 1.
    package struct Row: Equatable {
        package let line: Int
        package let fields: [String]
    }

    package private(set) var rows: [Row] = []

    /// Reads UTF-8 with or without byte order mark; the path is for errors.
    package init(of bytes: some Sequence<UInt8>, path: String) throws(ManifestError) {
        var input = Array(bytes)[...]
        if input.starts(with: [0xEF, 0xBB, 0xBF]) { input = input.dropFirst(3) }
        var line = 1
        while !input.isEmpty {
            let start = line
            var fields: [String] = []
            var endsRow = false
            while !endsRow {
                fields.append(try Self.takeField(from: &input, line: &line, path: path))
                endsRow = input.popFirst() != UInt8(ascii: ",")
            }
            line += 1
            if fields != [""] { rows.append(Row(line: start, fields: fields)) }
        }
    }

    /// Takes one field, up to the comma or line feed after it.
    private static func takeField(
        from input: inout ArraySlice<UInt8>,
        line: inout Int,
        path: String
    ) throws(ManifestError) -> String {
        let quote = UInt8(ascii: "\"")
        let opening = line
        var field: [UInt8] = []
        if input.first == quote {
            input.removeFirst()
            while let byte = input.popFirst() {
                if byte == quote {
                    guard input.first == quote else { return try endField(field) }
                    input.removeFirst()
                }
                if byte == UInt8(ascii: "\n") { line += 1 }
                field.append(byte)
            }
            throw .malformed(
                path: path,
                line: opening,
                problem: "a double quote opens here and never closes"
            )
        }
        while let byte = input.first, byte != UInt8(ascii: ","), byte != UInt8(ascii: "\n") {
            guard byte != quote else {
                throw .malformed(
                    path: path,
                    line: line,
                    problem: "a double quote within a field; quote the field and double the quote"
                )
            }
            field.append(byte)
            input.removeFirst()
        }
        if field.last == UInt8(ascii: "\r"), input.first != UInt8(ascii: ",") { field.removeLast() }
        return try text(field)

        func endField(_ field: [UInt8]) throws(ManifestError) -> String {
            if input.first == UInt8(ascii: "\r") { input.removeFirst() }
            guard input.first.map({ $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\n") }) ?? true
            else {
                throw .malformed(
                    path: path,
                    line: line,
                    problem: "text follows the double quote that closes a field"
                )
            }
            return try text(field)
        }

        func text(_ bytes: [UInt8]) throws(ManifestError) -> String {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw .malformed(path: path, line: opening, problem: "the text is not UTF-8")
            }
            return text
        }
    }
}
