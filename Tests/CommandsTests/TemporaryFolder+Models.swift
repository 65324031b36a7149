import Foundation
import TestSupport

extension TemporaryFolder {
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
