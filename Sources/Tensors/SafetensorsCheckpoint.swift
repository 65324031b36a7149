import Foundation

/// The weights of one model: a safetensors file of its folder, or several and their index.
///
/// diffusers calls the files `diffusion_pytorch_model`, transformers `model`. In half precision they are
/// saved as the variant `fp16`, which is taken where there is nothing else.
public final class SafetensorsCheckpoint {
    /// The names of the tensors, in the order of the files and of their bytes.
    public let keys: [String]

    private let folder: String
    private let locations: [String: SafetensorsFile]

    /// Finds the weights `baseName` in `folder` and checks the headers of their files.
    ///
    /// - Parameters:
    ///   - folder: the model's folder, such as `unet`.
    ///   - baseName: the files' name before `.safetensors`.
    ///   - variant: what the name must have before its extension, such as `fp16`; nil takes the plain
    ///     files, or else `fp16`.
    /// - Throws: `SafetensorsError` where there are none, only a pickle, or damaged ones.
    public init(folder: String, baseName: String, variant: String? = nil) throws(SafetensorsError) {
        self.folder = folder
        let content = try Self.content(of: folder)
        let variants = variant.map { [$0] } ?? [nil, "fp16"]
        let names = variants.flatMap { Self.names(baseName, variant: $0) }
        guard let name = names.first(where: content.contains) else {
            let others = content.filter { $0.hasSuffix(".safetensors") }.sorted()
            let pickle = content.sorted().first { Self.isPickle($0, like: baseName) }
            if others.isEmpty, let pickle { throw .pickleOnly(folder: folder, file: pickle) }
            throw .noWeights(folder: folder, expected: names, others: others)
        }
        let path = "\(folder)/\(name)"
        guard name.hasSuffix(".json") else {
            let file = try SafetensorsFile(path: path)
            keys = file.keys
            locations = Dictionary(file.keys.map { ($0, file) }) { first, _ in first }
            return
        }
        (keys, locations) = try Self.shards(index: path, folder: folder)
    }

    /// The shape of a tensor, nil where there is none of that name.
    public func shape(of key: String) -> [Int]? { locations[key]?.shape(of: key) }

    /// The type of a tensor, nil where there is none of that name or its type is not supported.
    public func dtype(of key: String) -> DType? { locations[key]?.dtype(of: key) }

    /// The file that holds a tensor, or the folder where no file does; for messages.
    public func file(of key: String) -> String { locations[key]?.path ?? folder }

    /// The tensor of that name, without copying; see `SafetensorsFile.tensor(named:)`.
    ///
    /// - Throws: `SafetensorsError` where there is none, or one of an unsupported type.
    public func tensor(named key: String) throws -> Tensor {
        guard let file = locations[key] else {
            let nearest = key.nearest(in: keys)
            throw SafetensorsError.unknownKey(path: folder, key: key, nearest: nearest)
        }
        return try file.tensor(named: key)
    }

    /// Gives back the memory of a tensor that has been copied; see `SafetensorsFile.evict(_:)`.
    package func evict(_ key: String) { locations[key]?.evict(key) }

    // MARK: - Names

    /// Where the weights may be, the preferred one first.
    private static func names(_ baseName: String, variant: String?) -> [String] {
        guard let variant else {
            return ["\(baseName).safetensors", "\(baseName).safetensors.index.json"]
        }
        return [
            "\(baseName).\(variant).safetensors",
            "\(baseName).safetensors.index.\(variant).json",
            "\(baseName).\(variant).safetensors.index.json",
        ]
    }

    private static func isPickle(_ name: String, like baseName: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        let isPickle = ["bin", "ckpt", "pt", "pth"].contains(name[dot...].dropFirst())
        // Other things that training leaves beside the weights are pickles too.
        return isPickle && (name.hasPrefix(baseName) || name.hasPrefix("pytorch_model"))
    }

    private static func content(of folder: String) throws(SafetensorsError) -> Set<String> {
        do {
            return Set(try FileManager.default.contentsOfDirectory(atPath: folder))
        } catch {
            // Foundation says less than the system.
            let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            let code = descriptor < 0 ? errno : EIO
            if descriptor >= 0 { close(descriptor) }
            throw .cannotOpen(path: folder, errno: code)
        }
    }

    // MARK: - Several files

    /// The part of an index that says which file has which tensor.
    private struct Index: Decodable {
        let weightMap: [String: String]

        private enum CodingKeys: String, CodingKey { case weightMap = "weight_map" }
    }

    private static func shards(index path: String, folder: String) throws(SafetensorsError)
        -> (keys: [String], locations: [String: SafetensorsFile])
    {
        let weightMap = try weightMap(path)
        var files: [String: SafetensorsFile] = [:]
        for shard in Set(weightMap.values).sorted() {
            // The index came with the model: it must not make this program read anything else.
            guard !shard.contains("/"), shard.hasSuffix(".safetensors"), !shard.hasPrefix(".")
            else {
                throw .shardOutside(index: path, shard: shard)
            }
            files[shard] = try SafetensorsFile(path: "\(folder)/\(shard)")
        }
        var locations: [String: SafetensorsFile] = [:]
        for (key, shard) in weightMap.sorted(by: { $0.key < $1.key }) {
            guard let file = files[shard], file.shape(of: key) != nil else {
                throw .keyNotInShard(index: path, key: key, shard: shard)
            }
            locations[key] = file
        }
        let ordered = files.sorted { $0.key < $1.key }.flatMap { shard, file in
            file.keys.filter { weightMap[$0] == shard }
        }
        return (ordered, locations)
    }

    private static func weightMap(_ path: String) throws(SafetensorsError) -> [String: String] {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw .malformedIndex(path: path, reason: "it cannot be read")
        }
        do {
            return try JSONDecoder().decode(Index.self, from: data).weightMap
        } catch {
            throw .malformedIndex(
                path: path,
                reason: "it is not JSON with a weight_map of tensor names to files"
            )
        }
    }
}

@available(*, unavailable)
extension SafetensorsCheckpoint: Sendable {}
