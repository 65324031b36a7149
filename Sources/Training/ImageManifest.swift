import Foundation

/// The images of one set: a folder with `manifest.csv` and the files that it lists.
public struct ImageManifest: Sendable {
    /// The name of the set, its folder's name.
    public let name: String
    /// The images in the order of the manifest.
    public let images: [LabelledImage]

    /// The columns that a manifest has; others are ignored.
    public static let columns = [
        "file", "modality", "anatomy", "view", "finding", "sex", "age", "prompt", "licence",
        "split",
    ]

    /// Reads the manifest of a set.
    ///
    /// Image files are not opened.
    ///
    /// - Parameter folder: The folder that holds `manifest.csv`; `file` is relative to it.
    /// - Throws: `ManifestError` naming the file and the line.
    public init(folder: String) throws(ManifestError) {
        let root = URL(fileURLWithPath: folder).standardizedFileURL
        let path = root.appendingPathComponent("manifest.csv").path
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
        var rows = try CSVRows(of: data, path: path).rows[...]
        let header = rows.popFirst()?.fields ?? []
        let missing = Self.columns.filter { !header.contains($0) }
        guard missing.isEmpty else { throw .missingColumns(path: path, names: missing) }

        var images: [LabelledImage] = []
        images.reserveCapacity(rows.count)
        for row in rows {
            guard row.fields.count == header.count else {
                throw .wrongFieldCount(
                    path: path,
                    line: row.line,
                    found: row.fields.count,
                    expected: header.count
                )
            }
            let fields = Dictionary(zip(header, row.fields)) { first, _ in first }
            images.append(try Self.image(fields, root: root, path: path, line: row.line))
        }
        self.name = root.lastPathComponent
        self.images = images
    }

    /// Reads the manifests of all sets in a folder, in the order of their names.
    ///
    /// - Parameter folder: A folder of sets; folders in it without `manifest.csv` are passed over.
    /// - Returns: One manifest a set, at least one.
    /// - Throws: `ManifestError`, also when there is no set.
    public static func all(under folder: String) throws(ManifestError) -> [ImageManifest] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw .unreadable(path: folder, reason: "it is no folder of image sets")
        }
        var manifests: [ImageManifest] = []
        for name in names {
            let set = folder + "/" + name
            guard FileManager.default.fileExists(atPath: set + "/manifest.csv") else { continue }
            manifests.append(try ImageManifest(folder: set))
        }
        guard !manifests.isEmpty else { throw .noManifests(folder: folder) }
        return manifests
    }

    private static func image(
        _ fields: [String: String],
        root: URL,
        path: String,
        line: Int
    ) throws(ManifestError) -> LabelledImage {
        func text(_ column: String) -> String {
            (fields[column] ?? "").trimmingCharacters(in: .whitespaces)
        }
        func optional(_ column: String) -> String? { text(column).isEmpty ? nil : text(column) }
        func required(_ column: String) throws(ManifestError) -> String {
            guard let value = optional(column) else {
                throw invalid(column, expected: "a value")
            }
            return value
        }
        func invalid(_ column: String, expected: String) -> ManifestError {
            .invalidValue(
                path: path,
                line: line,
                column: column,
                value: text(column),
                expected: expected
            )
        }
        let file = try required("file")
        guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else {
            throw invalid("file", expected: "a path below the set's folder")
        }
        guard let split = LabelledImage.Split(rawValue: text("split")) else {
            throw invalid("split", expected: "train or test")
        }
        let sex = optional("sex").map { LabelledImage.Sex(rawValue: $0) }
        if case .some(nil) = sex { throw invalid("sex", expected: "F, M or nothing") }
        return LabelledImage(
            path: root.appendingPathComponent(file).path,
            set: root.lastPathComponent,
            modality: try required("modality"),
            anatomy: try required("anatomy"),
            view: optional("view"),
            finding: optional("finding"),
            sex: sex ?? nil,
            age: optional("age"),
            prompt: try required("prompt"),
            licence: text("licence"),
            split: split
        )
    }
}
