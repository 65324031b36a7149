import Foundation

/// A folder that is gone when the test ends.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appending(path: "skiagraph-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The names in it, sorted.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    func data(_ name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: "\(path)/\(name)"))
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }

    /// Copies a tiny model into it.
    func copyModel(_ name: String) throws -> String {
        let copy = "\(path)/\(name)"
        try FileManager.default.copyItem(atPath: Program.model(name), toPath: copy)
        return copy
    }

    /// Copies a tiny model into it and makes its UNet's weights no numbers.
    func copyModelOfNaNs() throws -> String {
        let copy = "\(path)/nan"
        try FileManager.default.copyItem(atPath: Program.model("tiny-radiograph"), toPath: copy)
        let file = URL(filePath: "\(copy)/unet/diffusion_pytorch_model.safetensors")
        var bytes = try Data(contentsOf: file)
        let headerCount = (0..<8).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
        let weights = (8 + headerCount)..<bytes.count
        bytes.replaceSubrange(weights, with: repeatElement(0xFF, count: weights.count))  // NaN
        try bytes.write(to: file)
        return copy
    }
}
