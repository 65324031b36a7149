/// What can be wrong with a model folder or a model's configuration.
public enum ModelsError: Error, Equatable, Sendable {
    /// There is no folder at the path.
    case notAFolder(path: String)
    /// The folder has no model_index.json.
    case noModelIndex(folder: String, found: [String])
    /// A file or folder is there, but cannot be read.
    case unreadable(path: String, reason: String)
    /// A JSON file is not what it should be.
    case invalidJSON(path: String, reason: String)
    /// A JSON file is longer than any of its kind.
    case fileTooLarge(path: String, byteCount: Int, limit: Int)
    /// A file names a class that is not implemented.
    case unsupportedClass(path: String, component: String, found: String, supported: [String])
    /// model_index.json names a component that is not there, or does not name one.
    case missingComponent(folder: String, component: String, found: [String])
    /// An option of a config.json asks for a computation that is not implemented.
    case unsupportedOption(model: String, option: String, found: String, supported: [String])
    /// An option of a config.json has a value that no model can have.
    case invalidOption(model: String, option: String, found: String, requirement: String)
    /// One of the errors above about a configuration, with its file.
    indirect case configuration(path: String, ModelsError)
}

extension ModelsError: CustomStringConvertible {
    /// A sentence that says what failed, what was found and what to do.
    public var description: String {
        switch self {
        case .notAFolder(let path):
            "\(path) is not a folder; a model is a folder in the diffusers layout"
        case .noModelIndex(let folder, let found):
            "\(folder) is not a model folder: it has no model_index.json; found \(Self.list(found))"
        case .unreadable(let path, let reason):
            "\(path) cannot be read: \(reason)"
        case .invalidJSON(let path, let reason):
            "\(path) is not the JSON that belongs there: \(reason)"
        case .fileTooLarge(let path, let byteCount, let limit):
            "\(path) has \(byteCount) bytes, more than the \(limit) that such a file may have"
        case .unsupportedClass(let path, let component, let found, let supported):
            "\(path): \(component) is a \(found), which is not supported; "
                + "supported: \(supported.joined(separator: ", "))"
        case .missingComponent(let folder, let component, let found):
            "model \(folder) has no \(component); found \(Self.list(found))"
        case .unsupportedOption(let model, let option, let found, let supported):
            "\(model): option \(option) is \(found), which is not supported; "
                + "supported: \(supported.joined(separator: ", "))"
        case .invalidOption(let model, let option, let found, let requirement):
            "\(model): option \(option) is \(found), but must be \(requirement)"
        case .configuration(let path, let error):
            "\(path): \(error)"
        }
    }

    private static func list(_ names: [String]) -> String {
        guard !names.isEmpty else { return "nothing" }
        return names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    }
}
