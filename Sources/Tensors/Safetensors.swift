import Foundation

/// Writing of safetensors files; `SafetensorsFile` reads them.
public enum Safetensors {
    /// Writes a file, byte for byte as the reference implementation does.
    ///
    /// The file appears whole or not at all, in the place of an existing one. Tensors are written one
    /// after the other, so that no more than one of them is copied at a time.
    ///
    /// - Throws: `SafetensorsError` for two tensors of one name or a file that cannot be written; `TorchError`
    ///   for a tensor that cannot be read.
    public static func write(
        _ tensors: [(name: String, tensor: Tensor)],
        metadata: [String: String] = [:],
        to path: String
    ) throws {
        var names: Set<String> = metadata.isEmpty ? [] : ["__metadata__"]
        for (name, _) in tensors where !names.insert(name).inserted || name == "__metadata__" {
            throw SafetensorsError.duplicateKey(path: path, key: name)
        }
        let ordered = tensors.sorted { left, right in
            let (first, second) = (left.tensor.dtype.writingRank, right.tensor.dtype.writingRank)
            return first == second ? left.name.precedes(right.name) : first < second
        }
        let header = header(of: ordered, metadata: metadata)
        let count = ordered.reduce(header.count) { $0 + $1.tensor.byteCount }
        let file = try ReplacementFile(for: path, byteCount: count)
        try header.withUnsafeBytes { bytes in try file.append(bytes) }
        for (_, tensor) in ordered { try tensor.withBytes { bytes in try file.append(bytes) } }
        try file.commit()
    }

    /// The length, the table of contents and spaces up to a multiple of eight bytes.
    private static func header(
        of tensors: [(name: String, tensor: Tensor)],
        metadata: [String: String]
    ) -> [UInt8] {
        var members: [String] = []
        if !metadata.isEmpty {
            let texts = metadata.sorted { $0.key.precedes($1.key) }
                .map { "\($0.key.jsonQuoted):\($0.value.jsonQuoted)" }
            members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
        }
        var begin = 0
        for (name, tensor) in tensors {
            let end = begin + tensor.byteCount
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            let dtype = tensor.dtype.safetensorsName
            members.append(
                """
                \(name.jsonQuoted):{"dtype":"\(dtype)","shape":[\(shape)],\
                "data_offsets":[\(begin),\(end)]}
                """
            )
            begin = end
        }
        var json = Array("{\(members.joined(separator: ","))}".utf8)
        json += [UInt8](repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8)
        return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json
    }
}

extension Tensor {
    /// The bytes that the elements take when they lie without gaps.
    fileprivate var byteCount: Int { elementCount * dtype.byteCount }
}

extension DType {
    /// The widest types come first, so that every tensor is aligned for its type.
    fileprivate var writingRank: Int {
        switch self {
        case .int64: 0
        case .float64: 1
        case .float32: 2
        case .int32: 3
        case .bfloat16: 4
        case .float16: 5
        case .uint8: 6
        case .bool: 7
        }
    }
}

extension String {
    /// The order of the UTF-8 bytes, which unlike Swift's own knows no equivalent spellings.
    fileprivate func precedes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// The text as JSON, with no more escapes than needed.
    fileprivate var jsonQuoted: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{8}": quoted += "\\b"
            case "\u{c}": quoted += "\\f"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case ..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

/// A file under a name of its own until `commit` puts it in the place of another.
private final class ReplacementFile {
    private let path: String
    private let temporaryPath: String
    private let byteCount: Int
    private let descriptor: Int32
    private var isCommitted = false

    init(for path: String, byteCount: Int) throws(SafetensorsError) {
        self.path = path
        self.byteCount = byteCount
        let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
        temporaryPath = Self.folder(of: path) + ".skiagraph-\(suffix).part"
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            let code = errno
            isCommitted = true
            throw .cannotWrite(path: path, byteCount: byteCount, errno: code)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if !isCommitted { unlink(temporaryPath) }
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(SafetensorsError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 26))
            let count = Glibc.write(descriptor, part.baseAddress, part.count)
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw failure
            }
            rest = rest.dropFirst(count)
        }
    }

    func commit() throws(SafetensorsError) {
        guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else { throw failure }
        isCommitted = true
        // The new name outlives a power cut only once its folder is written as well.
        let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private var failure: SafetensorsError {
        .cannotWrite(path: path, byteCount: byteCount, errno: errno)
    }

    /// Everything up to the last slash.
    private static func folder(of path: String) -> String {
        let end = path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:))
        return end.map { String(path[..<$0]) } ?? "./"
    }
}
