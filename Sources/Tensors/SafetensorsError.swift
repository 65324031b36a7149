import Foundation

/// Why a safetensors file or checkpoint cannot be read or written.
public enum SafetensorsError: Error, Equatable, Sendable {
    case cannotOpen(path: String, errno: Int32)
    case notAFile(path: String)
    case tooShort(path: String, byteCount: Int)
    /// The header claims more than the file holds after its first eight bytes, or more than `limit`.
    case headerTooLong(path: String, claimed: UInt64, available: Int, limit: Int)
    /// The header is not JSON of the format's shape; `offset` counts from the header's first byte.
    case malformedHeader(path: String, offset: Int, expected: String)
    case duplicateKey(path: String, key: String)
    case shapeOverflow(path: String, key: String, shape: [Int])
    case offsetsOutOfRange(path: String, key: String, begin: Int, end: Int, available: Int)
    case overlap(path: String, key: String, begin: Int, formerEnd: Int)
    case gap(path: String, key: String, begin: Int, formerEnd: Int)
    case trailingBytes(path: String, byteCount: Int)
    case sizeMismatch(
        path: String,
        key: String,
        dtype: String,
        shape: [Int],
        byteCount: Int,
        expected: Int
    )
    case unsupportedDType(path: String, key: String, dtype: String)
    case invalidBoolean(path: String, key: String, byte: UInt8)
    case unknownKey(path: String, key: String, nearest: String?)

    case cannotWrite(path: String, byteCount: Int, errno: Int32)

    /// The folder has no weights of that name; `others` are the safetensors files that it has.
    case noWeights(folder: String, expected: [String], others: [String])
    case pickleOnly(folder: String, file: String)
    case malformedIndex(path: String, reason: String)
    case shardOutside(index: String, shard: String)
    case keyNotInShard(index: String, key: String, shard: String)
}

extension SafetensorsError: CustomStringConvertible {
    /// What failed, what was found, and what to do.
    public var description: String {
        switch self {
        case .cannotOpen(let path, let errno):
            "\(path): cannot be opened: \(Self.text(errno))"
        case .notAFile(let path):
            "\(path): is not a regular file; give the path of a .safetensors file"
        case .tooShort(let path, let count):
            "\(path): has \(count) bytes, a safetensors file at least 8; \(Self.fetchAgain)"
        case .headerTooLong(let path, let claimed, let available, let limit):
            """
            \(path): claims a header of \(claimed) bytes, but \(available) bytes follow and at most \
            \(limit) are read; \(Self.fetchAgain)
            """
        case .malformedHeader(let path, let offset, let expected):
            "\(path): expected \(expected) at byte \(offset) of the header; \(Self.fetchAgain)"
        case .duplicateKey(let path, let key):
            "\(path): the name \(key) occurs twice; give every tensor a name of its own"
        case .shapeOverflow(let path, let key, let shape):
            "\(path): tensor \(key) claims the impossible shape \(shape); \(Self.fetchAgain)"
        case .offsetsOutOfRange(let path, let key, let begin, let end, let available):
            """
            \(path): tensor \(key) claims bytes \(begin) to \(end) of \(available), so the file is \
            truncated or damaged; \(Self.fetchAgain)
            """
        case .overlap(let path, let key, let begin, let formerEnd):
            """
            \(path): tensor \(key) begins at byte \(begin), inside of the one before, which ends \
            at \(formerEnd); save the file again
            """
        case .gap(let path, let key, let begin, let formerEnd):
            """
            \(path): bytes \(formerEnd) to \(begin) before tensor \(key) belong to no tensor; save \
            the file again
            """
        case .trailingBytes(let path, let count):
            "\(path): \(count) bytes at the end belong to no tensor; save the file again"
        case .sizeMismatch(let path, let key, let dtype, let shape, let count, let expected):
            """
            \(path): tensor \(key) of type \(dtype) and shape \(shape) needs \(expected) bytes but \
            has \(count); save the file again
            """
        case .unsupportedDType(let path, let key, let dtype):
            """
            \(path): tensor \(key) has the type \(dtype), which is not supported; convert it to \
            one of \(DType.allCases.map(\.safetensorsName).sorted().joined(separator: ", "))
            """
        case .invalidBoolean(let path, let key, let byte):
            "\(path): tensor \(key) of type BOOL contains the byte \(byte); only 0 and 1 are allowed"
        case .unknownKey(let path, let key, let nearest):
            "\(path): has no tensor \(key)" + (nearest.map { "; did you mean \($0)?" } ?? "")
        case .cannotWrite(let path, let count, let errno):
            """
            \(path): cannot be written (\(count) bytes): \(Self.text(errno)); nothing was changed
            """
        case .noWeights(let folder, let expected, let others):
            "\(folder): has none of \(expected.joined(separator: ", "))"
                + (others.isEmpty ? "" : "; it has \(others.joined(separator: ", "))")
        case .pickleOnly(let folder, let file):
            """
            \(folder): has its weights only as \(file), a pickle, which may run any code when it \
            is loaded; convert it where you trust it with \
            model.save_pretrained(folder, safe_serialization=True)
            """
        case .malformedIndex(let path, let reason):
            "\(path): is not an index of safetensors files: \(reason)"
        case .shardOutside(let index, let shard):
            "\(index): names the file \(shard); only files beside the index are allowed"
        case .keyNotInShard(let index, let key, let shard):
            "\(index): says that tensor \(key) is in \(shard), where it is not; fetch both again"
        }
    }

    private static let fetchAgain = "fetch or save the file again"

    private static func text(_ errno: Int32) -> String { String(cString: strerror(errno)) }
}
