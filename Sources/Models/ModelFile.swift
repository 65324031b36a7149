import Foundation

/// Reads the small files of a model folder.
enum ModelFile {
    /// Far more than the longest config.json there is.
    private static let byteLimit = 1 << 20

    /// The names in a folder, sorted.
    static func content(of folder: String) throws(ModelsError) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
            isFolder.boolValue
        else { throw .notAFolder(path: folder) }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw .unreadable(path: folder, reason: error.localizedDescription)
        }
    }

    /// Decodes a JSON file.
    static func decode<Value: Decodable>(_ type: Value.Type, from path: String) throws -> Value {
        let data = try read(path)
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw ModelsError.invalidJSON(path: path, reason: error.reason)
        }
    }

    private static func read(_ path: String) throws(ModelsError) -> Data {
        do {
            // Links are followed: caches of downloaded models are made of them.
            let target = URL(filePath: path).resolvingSymlinksInPath().path
            let attributes = try FileManager.default.attributesOfItem(atPath: target)
            guard attributes[.type] as? FileAttributeType == .typeRegular else {
                throw ModelsError.unreadable(path: path, reason: "it is not a file")
            }
            let byteCount = attributes[.size] as? Int ?? 0
            guard byteCount <= byteLimit else {
                throw ModelsError.fileTooLarge(path: path, byteCount: byteCount, limit: byteLimit)
            }
            return try Data(contentsOf: URL(filePath: target))
        } catch let error as ModelsError {
            throw error
        } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
    }
}

extension DecodingError {
    /// What is wrong where, in one line.
    fileprivate var reason: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .keyNotFound(_, let context), .dataCorrupted(let context):
            let place = context.codingPath.map(\.stringValue).joined(separator: ".")
            return place.isEmpty
                ? context.debugDescription : "\(place): \(context.debugDescription)"
        @unknown default: return "\(self)"
        }
    }
}
