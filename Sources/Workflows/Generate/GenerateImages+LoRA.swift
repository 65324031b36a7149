import Foundation
import Models

extension GenerateImages {
    /// Low-rank changes to a model's weights, as `skiagraph train lora` and diffusers write them.
    public struct LoRA: Hashable, Sendable {
        /// A safetensors file, or the folder of one.
        public var path: String
        /// 1 adds what was trained, 0 nothing.
        public var weight: Double

        /// Adds `weight` times the changes in the file at `path`.
        public init(path: String, weight: Double = 1) {
            self.path = path
            self.weight = weight
        }

        var lora: Models.LoRA { Models.LoRA(path: path, weight: weight) }

        /// The safetensors file.
        var file: String { lora.file }

        /// The changes' name and weight, as a picture's provenance has them.
        var label: String {
            let url = URL(filePath: path).standardizedFileURL
            return "\(url.deletingPathExtension().lastPathComponent):\(weight)"
        }
    }
}
