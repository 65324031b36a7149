import Foundation
import Models
import Tensors

/// The hidden states of captions under a text encoder that does not learn, each computed once.
///
/// Captions are encoded one by one, so that a state does not depend on the batch that it was first in.
final class TextStateCache {
    private let textEncoder: CLIPTextModel
    private var file: (key: String, path: String)?
    private var states: [[Int]: Tensor] = [:]
    private var order: [[Int]] = []

    /// Beyond so many captions, further ones are encoded each time; of Stable Diffusion 1.5 these take 480 MB.
    private static let limit = 4_096

    init(_ textEncoder: CLIPTextModel) {
        self.textEncoder = textEncoder
    }

    /// Begins with what an earlier run of the same text encoder has left at `path`, and saves there.
    ///
    /// - Parameters:
    ///   - key: names the text encoder's weights; a file of another key is not used.
    ///   - path: a safetensors file.
    /// - Throws: `TorchError`.
    func use(key: String, path: String) throws {
        file = (key, path)
        guard let saved = try? SafetensorsFile(path: path), saved.metadata["key"] == key,
            let shape = saved.shape(of: "tokens"), shape.count == 2,
            saved.shape(of: "states")?.first == shape[0]
        else { return }
        try withTorchErrors {
            let states = try saved.tensor(named: "states").cloned()
            let tokens = try saved.tensor(named: "tokens").integers().map { Int($0) }
            for row in 0..<shape[0] {
                remember(
                    states.selected(0, row),
                    of: Array(tokens[(row * shape[1])..<((row + 1) * shape[1])])
                )
            }
        }
    }

    /// The hidden states of tokenized captions, float32 `[N, tokens, features]`.
    func states(of captions: [[Int]]) -> Tensor {
        Tensor.stacked(captions.map { (states[$0] ?? encode($0)).to(.float32) })
    }

    /// Writes the states so far, atomically.
    func save() throws {
        guard let file, !order.isEmpty else { return }
        try withTorchErrors {
            try Safetensors.write(
                [
                    ("tokens", Tensor(order.flatMap(\.self), [order.count, order[0].count])),
                    ("states", Tensor.stacked(order.compactMap { states[$0] })),
                ],
                metadata: ["key": file.key],
                to: file.path
            )
        }
    }

    private func encode(_ tokens: [Int]) -> Tensor {
        // Rounded also where it is not kept, so that what a run learns does not depend on the cache.
        let state = withoutGradients {
            withAutocast(.float32) { textEncoder(Tensor(tokens, [1, tokens.count])) }
                .to(.float16).squeezed(0)
        }
        if order.count < Self.limit { remember(state, of: tokens) }
        return state
    }

    private func remember(_ state: Tensor, of tokens: [Int]) {
        guard states.updateValue(state, forKey: tokens) == nil else { return }
        order.append(tokens)
    }
}
