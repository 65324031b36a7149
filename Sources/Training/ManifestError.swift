/// What can be wrong with the manifest of a set of images.
public enum ManifestError: Error, Equatable {
    /// The file, or the folder of sets, cannot be read.
    case unreadable(path: String, reason: String)
    /// The file is not comma-separated values in the sense of RFC 4180.
    case malformed(path: String, line: Int, problem: String)
    /// The first row lacks columns.
    case missingColumns(path: String, names: [String])
    /// A row has more or fewer fields than the first row.
    case wrongFieldCount(path: String, line: Int, found: Int, expected: Int)
    /// A field has a value that it cannot have.
    case invalidValue(path: String, line: Int, column: String, value: String, expected: String)
    /// No folder below this one holds a manifest.
    case noManifests(folder: String)
}

extension ManifestError: CustomStringConvertible {
    /// A sentence that says what failed, what was found and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "cannot read \(path): \(reason)"
        case .malformed(let path, let line, let problem):
            "manifest \(path), line \(line): \(problem)"
        case .missingColumns(let path, let names):
            "manifest \(path) lacks the columns \(names.joined(separator: ", ")); "
                + "its first row must name all of \(ImageManifest.columns.joined(separator: ","))"
        case .wrongFieldCount(let path, let line, let found, let expected):
            "manifest \(path), line \(line): \(found) fields, the first row has \(expected); "
                + "put values that contain a comma in double quotes"
        case .invalidValue(let path, let line, let column, let value, let expected):
            "manifest \(path), line \(line): \(column) is \"\(value)\", expected \(expected)"
        case .noManifests(let folder):
            "no folder in \(folder) has a manifest.csv; name the folder that holds the image sets"
        }
    }
}
