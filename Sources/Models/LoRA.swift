import Foundation

/// A file of low-rank changes to a model's weights, and how much of them to add.
public struct LoRA: Hashable, Sendable {
    /// A safetensors file, or a folder with diffusers' `pytorch_lora_weights.safetensors`.
    public var path: String
    /// 1 adds what was trained, 0 nothing.
    public var weight: Double

    /// Adds `weight` times the changes in the file at `path`.
    public init(path: String, weight: Double = 1) {
        self.path = path
        self.weight = weight
    }

    /// The safetensors file.
    package var file: String {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        return exists && isFolder.boolValue ? "\(path)/pytorch_lora_weights.safetensors" : path
    }
}
