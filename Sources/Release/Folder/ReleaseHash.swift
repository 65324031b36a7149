import Crypto
import Foundation
import Imaging

/// SHA-256 in lower-case hexadecimal digits, of bytes and of whole files.
enum ReleaseHash {
    static func of(_ bytes: [UInt8]) -> String { text(SHA256.hash(data: bytes)) }

    /// The hash of a file, whatever its size.
    static func ofFile(_ path: String) throws(ReleaseError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .folder(path: path, errorNumber: errno) }
        defer { close(descriptor) }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .folder(path: path, errorNumber: errno) }
            guard count > 0 else { return text(hash.finalize()) }
            hash.update(data: buffer[..<count])
        }
    }

    private static func text(_ digest: some Sequence<UInt8>) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
