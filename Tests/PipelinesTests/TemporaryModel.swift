import Foundation
import Tensors
import TestSupport

/// A copy of a tiny model that a test may damage; removed with the last reference.
final class TemporaryModel {
    let folder: URL
    var path: String { folder.path }

    init(copying name: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID())")
        try FileManager.default.copyItem(at: Goldens.model(name), to: folder)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Fills one tensor of a weights file with NaN.
    func poison(_ file: String, tensor name: String) throws {
        let path = folder.appending(path: file).path
        let weights = try SafetensorsFile(path: path)
        let tensors = try weights.keys.map { key in
            let tensor = try weights.tensor(named: key)
            let kept = try withTorchErrors {
                key == name ? Tensor.full(tensor.shape, .nan) : tensor.cloned()
            }
            return (key, kept)
        }
        try Safetensors.write(tensors, to: path)
    }

    /// Writes what the model does best with, a JSON object, into its model_index.json.
    func state(defaults: String) throws {
        try edit(
            "model_index.json",
            replacing: "\"requires_safety_checker\"",
            with: "\"_skiagraph_defaults\": \(defaults), \"requires_safety_checker\""
        )
    }

    /// Replaces one piece of a text file.
    func edit(_ file: String, replacing old: String, with new: String) throws {
        let url = folder.appending(path: file)
        let text = try String(contentsOf: url, encoding: .utf8)
        try text.replacing(old, with: new).write(to: url, atomically: true, encoding: .utf8)
    }
}
