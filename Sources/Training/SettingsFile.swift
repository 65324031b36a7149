import Foundation
import Tensors

/// Reads settings of which a JSON file gives only those that differ from the defaults.
///
/// Whatever the file leaves out keeps its default, so that a run of an older version can be continued; a
/// name that no setting has is an error. Objects that are a model's config.json, or have names of the user's own and
/// no defaults, are taken as they are.
public enum SettingsFile {
    /// Reads a file over `defaults`.
    ///
    /// - Throws: `SettingsError`, or what `Value` finds wrong with a model's config.json.
    public static func read<Value: Codable>(_ path: String, over defaults: Value) throws -> Value {
        try decode(object(in: path), over: defaults, path: path)
    }

    /// The object that is the content of a JSON file.
    ///
    /// - Throws: `SettingsError`.
    public static func object(in path: String) throws(SettingsError) -> [String: Any] {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path)) } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
        guard let value = try? JSONSerialization.jsonObject(with: data),
            let object = value as? [String: Any]
        else { throw .invalid(path: path, key: "", reason: "the file is not a JSON object") }
        return object
    }

    /// Decodes an object over `defaults`; `path` is for errors.
    ///
    /// - Throws: as `read`.
    public static func decode<Value: Codable>(
        _ given: [String: Any],
        over defaults: Value,
        path: String
    ) throws -> Value {
        let encoded = try JSONSerialization.jsonObject(with: JSONEncoder().encode(defaults))
        let merged = try merge(given, into: encoded as? [String: Any] ?? [:], at: [], path: path)
        do {
            return try JSONDecoder().decode(
                Value.self,
                from: JSONSerialization.data(withJSONObject: merged)
            )
        } catch let error as DecodingError {
            throw SettingsError(error, path: path)
        }
    }

    private static func merge(
        _ given: [String: Any],
        into defaults: [String: Any],
        at place: [String],
        path: String
    ) throws(SettingsError) -> [String: Any] {
        var merged = defaults
        for (key, value) in given {
            let name = (place + [key]).joined(separator: ".")
            guard let standard = defaults[key] else {
                let nearest = key.nearest(in: defaults.keys.sorted())
                throw .unknown(path: path, key: name, nearest: nearest)
            }
            if let standard = standard as? [String: Any], !standard.isEmpty,
                !isModelConfiguration(standard), let value = value as? [String: Any]
            {
                merged[key] = try merge(value, into: standard, at: place + [key], path: path)
            } else {
                merged[key] = value
            }
        }
        return merged
    }

    /// diffusers and transformers say in their config.json of which class it is.
    private static func isModelConfiguration(_ object: [String: Any]) -> Bool {
        object["_class_name"] != nil || object["architectures"] != nil
    }
}

/// What can be wrong with a file of settings.
public enum SettingsError: Error, Equatable, Sendable {
    /// The file cannot be read.
    case unreadable(path: String, reason: String)
    /// A value is not what it has to be; the key is empty for the file as a whole.
    case invalid(path: String, key: String, reason: String)
    /// There is no setting of this name.
    case unknown(path: String, key: String, nearest: String?)

    init(_ error: DecodingError, path: String) {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .keyNotFound(_, let context), .dataCorrupted(let context):
            let key = context.codingPath.map(\.stringValue).joined(separator: ".")
            self = .invalid(path: path, key: key, reason: context.debugDescription)
        @unknown default: self = .invalid(path: path, key: "", reason: "\(error)")
        }
    }
}

extension SettingsError: CustomStringConvertible {
    /// What failed, what was found and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "the settings \(path) cannot be read: \(reason)"
        case .invalid(let path, let key, let reason):
            "the settings \(path)\(key.isEmpty ? "" : ", \(key)"): \(reason)"
        case .unknown(let path, let key, let nearest):
            "the settings \(path): there is no setting \"\(key)\""
                + (nearest.map { "; did you mean \"\($0)\"?" } ?? "; leave it out")
        }
    }
}
