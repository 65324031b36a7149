import Crypto
import Foundation

/// The hash that names a model's weights in the provenance of its pictures.
///
/// It is what `find * -name '*.safetensors' | LC_ALL=C sort | xargs sha256sum | sha256sum` prints in
/// the model's folder.
public enum WeightsHash {
    /// Reads all weights once, beside whatever else is computed.
    ///
    /// A model with low-rank changes has the hash of its own, then of the lines `<sha256>  <weight>` of
    /// each file of changes.
    ///
    /// - Parameters:
    ///   - folder: a model in the diffusers layout.
    ///   - loras: changes to its weights.
    /// - Returns: a SHA-256 in lower-case hexadecimal digits.
    /// - Throws: `WorkflowError.unreadableWeights` or `CancellationError`.
    @concurrent
    public static func sha256(
        ofModel folder: String,
        with loras: [GenerateImages.LoRA] = []
    ) async throws -> String {
        let hash = try sha256(ofComponent: "", of: folder)
        guard !loras.isEmpty else { return hash }
        let lines = try loras.map { "\(try sha256(ofFile: $0.file))  \($0.weight)\n" }
        return sha256(of: hash + "\n" + lines.joined())
    }

    /// The same of the weights in one folder of a model, such as `vae`; all of them where it is empty.
    static func sha256(ofComponent component: String, of folder: String) throws -> String {
        let paths = (FileManager.default.subpaths(atPath: folder) ?? [])
            .filter { $0.hasSuffix(".safetensors") }
            .filter { component.isEmpty || $0.hasPrefix(component + "/") }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var lines = SHA256()
        for path in paths {
            let digest = try sha256(ofFile: "\(folder)/\(path)")
            lines.update(data: Data("\(digest)  \(path)\n".utf8))
        }
        return hexadecimal(lines.finalize())
    }

    /// The SHA-256 of a text in lower-case hexadecimal digits.
    static func sha256(of text: String) -> String { sha256(of: Array(text.utf8)) }

    /// The SHA-256 of bytes in lower-case hexadecimal digits.
    static func sha256(of bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

    /// The SHA-256 of a file in lower-case hexadecimal digits.
    static func sha256(ofFile path: String) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw WorkflowError.unreadableWeights(path: path, errorNumber: errno)
        }
        defer { close(descriptor) }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            try Task.checkCancellation()
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw WorkflowError.unreadableWeights(path: path, errorNumber: errno)
            }
            guard count > 0 else { return hexadecimal(hash.finalize()) }
            buffer.withUnsafeBytes { bytes in
                hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            }
        }
    }

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
