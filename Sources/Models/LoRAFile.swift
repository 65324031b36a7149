import Foundation
import Layers
import Tensors

/// The low-rank changes in a file that diffusers, peft, kohya's scripts or this project wrote.
///
/// - SeeAlso: LoRA, Hu et al. 2021, arXiv:2106.09685.
final class LoRAFile {
    /// A model whose weights the file may change.
    enum Component: String, CaseIterable {
        case unet
        case textEncoder = "text_encoder"

        /// The beginnings of its keys, those of diffusers and of kohya.
        var prefixes: [String] {
            switch self {
            case .unet: ["unet.", "lora_unet_"]
            case .textEncoder: ["text_encoder.", "lora_te_"]
            }
        }
    }

    private let file: SafetensorsFile
    private let options: [String: Any]
    private var usedKeys: Set<String> = []

    /// Opens the file.
    ///
    /// - Throws: `SafetensorsError`; `LoRAError` for keys of another kind of model and for changes that are
    ///   not of low rank alone.
    init(_ lora: LoRA) throws {
        file = try SafetensorsFile(path: lora.file)
        let prefixes = Component.allCases.flatMap(\.prefixes)
        let strangers = file.keys.filter { key in !prefixes.contains { key.hasPrefix($0) } }
        guard strangers.isEmpty, !file.keys.isEmpty else {
            throw LoRAError.unexpected(keys: strangers, file: file.path)
        }
        // Written by diffusers: the settings of each component's adapters, its name before each.
        let text = file.metadata["lora_adapter_metadata"] ?? "{}"
        options =
            (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
        for component in Component.allCases
        where options["\(component.rawValue).use_dora"] as? Bool == true {
            throw LoRAError.unsupported(kind: "DoRA", file: file.path)
        }
    }

    /// What a weight changes by.
    ///
    /// - Parameters:
    ///   - name: the weight's name in its model, such as `mid_block.attentions.0.proj_in.weight`.
    ///   - component: the model.
    ///   - shape: the weight's.
    /// - Returns: ΔW, float32, or nil where the file does not change the weight.
    /// - Throws: `LoRAError` for tensors that do not belong together or to such a weight.
    func change(of name: String, in component: Component, shape: [Int]) throws -> Tensor? {
        guard name.hasSuffix(".weight") else { return nil }
        let layer = String(name.dropLast(".weight".count))
        guard
            let keys = Self.spellings(of: layer, in: component)
                .first(where: { file.shape(of: $0.down) != nil })
        else { return nil }
        let down = try tensor(keys.down)
        let (rank, inputs) = (down.shape.first ?? 0, shape.dropFirst().reduce(1, *))
        try require(
            keys.down,
            down.shape,
            rank > 0 && down.elementCount == rank * inputs,
            [max(rank, 1), inputs]
        )
        let up = try tensor(keys.up)
        try require(
            keys.up,
            up.shape,
            up.shape.first == shape[0] && up.elementCount == shape[0] * rank,
            [shape[0], rank]
        )
        let scale = try scale(of: layer, in: component, key: keys.alpha, rank: rank)
        return try withTorchErrors {
            let product = LowRankAdapter.product(up: up.to(.float32), down: down.to(.float32))
            return product.reshaped(shape) * scale
        }
    }

    /// The keys of a component that changed no weight.
    func unusedKeys(of component: Component) -> [String] {
        file.keys.filter { key in
            !usedKeys.contains(key) && component.prefixes.contains { key.hasPrefix($0) }
        }
    }

    /// Where the file is.
    var path: String { file.path }

    // MARK: - Keys

    private typealias Keys = (down: String, up: String, alpha: String)

    private static func spellings(of layer: String, in component: Component) -> [Keys] {
        let prefix = component.rawValue + "."
        var layers = [layer]
        if component == .textEncoder { layers.append(String(layer.trimmingPrefix("text_model."))) }
        let current = layers.map { layer -> Keys in
            let stem = prefix + layer
            return ("\(stem).lora_A.weight", "\(stem).lora_B.weight", "\(stem).alpha")
        }
        // diffusers before peft, then kohya.
        let parts = layer.split(separator: ".").map(String.init)
        let isIndexed = parts.last.flatMap(Int.init) != nil
        let projection = parts.dropLast(isIndexed ? 1 : 0).last ?? ""
        let owner = parts.dropLast(isIndexed ? 2 : 1).joined(separator: ".")
        let former = [
            "\(prefix)\(owner).processor.\(projection)_lora", "\(prefix)\(layer).lora",
            "\(prefix)\(layer).lora_linear_layer",
        ].map { stem -> Keys in ("\(stem).down.weight", "\(stem).up.weight", "\(stem).alpha") }
        let stem = component.prefixes[1] + layer.replacing(".", with: "_")
        return current + former
            + [("\(stem).lora_down.weight", "\(stem).lora_up.weight", "\(stem).alpha")]
    }

    private func tensor(_ key: String) throws -> Tensor {
        guard file.shape(of: key) != nil else {
            throw LoRAError.missing(key: key, file: file.path)
        }
        usedKeys.insert(key)
        return try file.tensor(named: key)
    }

    private func require(_ key: String, _ found: [Int], _ fits: Bool, _ expected: [Int]) throws {
        guard !fits else { return }
        throw LoRAError.misshapen(key: key, found: found, expected: expected, file: file.path)
    }

    /// α/r: α is a tensor (kohya), stands in the file's metadata (diffusers), or is r.
    private func scale(of layer: String, in component: Component, key: String, rank: Int) throws
        -> Double
    {
        if file.shape(of: key) != nil {
            return try tensor(key).to(.float32).item() / Double(rank)
        }
        func option<Value>(_ name: String) -> Value? {
            options["\(component.rawValue).\(name)"] as? Value
        }
        let pattern: [String: Double] = option("alpha_pattern") ?? [:]
        let own = pattern.filter { layer == $0.key || layer.hasSuffix("." + $0.key) }
            .max { $0.key.count < $1.key.count }?.value
        guard let alpha = own ?? option("lora_alpha") else { return 1 }
        let isRankStabilized: Bool = option("use_rslora") ?? false
        return alpha / (isRankStabilized ? Double(rank).squareRoot() : Double(rank))
    }
}
