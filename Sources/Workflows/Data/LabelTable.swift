import Foundation
import Training

/// What a table says of images: comma-separated values, or one JSON object a line.
///
/// The names of images are in the column `file` (or `file_name`), captions in `prompt` (or `caption`,
/// `text`); all other columns of `ImageFacts` may be there.
struct LabelTable {
    private var facts: [String: ImageFacts] = [:]

    /// No labels.
    init() {}

    /// Reads a table; names are relative to its folder.
    ///
    /// - Throws: `DataSetError.labels` or `.source`.
    init(path: String) throws {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path)) } catch {
            throw DataSetError.source(path: path, errorNumber: errno)
        }
        let folder = URL(filePath: path).standardizedFileURL.deletingLastPathComponent()
        let isJSON = data.first { !" \r\n\t".utf8.contains($0) } == UInt8(ascii: "{")
        for row in isJSON ? try Self.objects(data, path) : try Self.rows(data, path) {
            let fields = Dictionary(
                row.fields.map { (Self.synonyms[$0.key] ?? $0.key, $0.value) }
            ) { first, _ in first }
            guard let name = fields["file"], !name.isEmpty else {
                throw DataSetError.labels(
                    path: path,
                    line: row.line,
                    problem: "there is no value in the column file"
                )
            }
            var known = ImageFacts()
            for (column, keyPath) in ImageFacts.columns {
                let value = fields[column]?.trimmingCharacters(in: .whitespaces) ?? ""
                if !value.isEmpty { known[keyPath: keyPath] = value }
            }
            if let years = known.age.flatMap({ Int($0) }), years > ImageFacts.oldestAge {
                known.age = String(ImageFacts.oldestAge)
            }
            if let sex = known.sex {
                guard let letter = Self.sexes[sex.lowercased()] else {
                    throw DataSetError.labels(
                        path: path,
                        line: row.line,
                        problem: "sex is \"\(sex)\"; write F, M or nothing"
                    )
                }
                known.sex = letter
            }
            facts[URL(filePath: name, relativeTo: folder).standardizedFileURL.path] = known
        }
    }

    /// How many of the rows name none of these files, and one of them.
    func unused(by paths: [String]) -> (count: Int, example: String)? {
        let named = Set(paths.map { URL(filePath: $0).standardizedFileURL.path })
        let unused = facts.keys.filter { !named.contains($0) }
        return unused.min().map { (unused.count, $0) }
    }

    /// What the table says of a file.
    func facts(of path: String) -> ImageFacts {
        facts[URL(filePath: path).standardizedFileURL.path] ?? ImageFacts()
    }

    private static let synonyms = ["file_name": "file", "caption": "prompt", "text": "prompt"]
    private static let sexes = ["f": "F", "female": "F", "m": "M", "male": "M"]

    private typealias Row = (line: Int, fields: [String: String])

    private static func rows(_ data: Data, _ path: String) throws -> [Row] {
        var rows = try CSVRows(of: data, path: path).rows[...]
        let header = rows.popFirst()?.fields ?? []
        guard header.contains("file") || header.contains("file_name") else {
            throw DataSetError.labels(
                path: path,
                line: 1,
                problem: "no column is called file; the first row names the columns, such as "
                    + "file,modality,anatomy,finding,prompt,patient"
            )
        }
        return try rows.map { row in
            guard row.fields.count == header.count else {
                throw DataSetError.labels(
                    path: path,
                    line: row.line,
                    problem: "\(row.fields.count) fields, the first row has \(header.count)"
                )
            }
            return (row.line, Dictionary(zip(header, row.fields)) { first, _ in first })
        }
    }

    private static func objects(_ data: Data, _ path: String) throws -> [Row] {
        let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return try lines.enumerated().compactMap { index, line in
            guard line.contains(where: { !" \r\t".utf8.contains($0) }) else { return nil }
            guard
                let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
            else {
                throw DataSetError.labels(
                    path: path,
                    line: index + 1,
                    problem: "this is no JSON object"
                )
            }
            return (
                index + 1,
                object.compactMapValues { value in
                    value as? String ?? (value as? NSNumber).map { "\($0)" }
                }
            )
        }
    }
}
