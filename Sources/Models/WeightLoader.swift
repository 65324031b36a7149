package import Layers
package import Tensors

/// Gives a model the tensors of a checkpoint and sees to it that both fit each other wholly.
///
/// Where dtype and layout stay as they are in the file, nothing is copied: the parameters are pages of the
/// file, which the system copies when they are written to.
package final class WeightLoader {
    private let checkpoint: SafetensorsCheckpoint
    private let dtype: DType
    private let device: Device
    private let formerNames: (String) -> [String]
    private let ignores: (String) -> Bool
    private var changes: [(file: LoRAFile, weight: Double)] = []
    private var component: LoRAFile.Component?
    private var usedKeys: Set<String> = []

    /// Reads from `checkpoint`.
    ///
    /// - Parameters:
    ///   - checkpoint: the weights of one model.
    ///   - dtype: the parameters' type.
    ///   - device: the parameters' place.
    ///   - formerNames: what else the tensor of a name may be called in older or newer files.
    ///   - ignores: whether a tensor that no layer asks for is known to be none of a model's weights.
    package init(
        _ checkpoint: SafetensorsCheckpoint,
        dtype: DType,
        device: Device,
        formerNames: @escaping (String) -> [String] = { _ in [] },
        ignores: @escaping (String) -> Bool = { _ in false }
    ) {
        self.checkpoint = checkpoint
        self.dtype = dtype
        self.device = device
        self.formerNames = formerNames
        self.ignores = ignores
    }

    /// Adds low-rank changes to the weights, which are those of `component`, as they are read.
    ///
    /// - Throws: what is wrong with a file, before any weight is read.
    func add(_ loras: [LoRA], to component: LoRAFile.Component) throws {
        changes = try loras.map { (file: try LoRAFile($0), weight: $0.weight) }
        self.component = component
    }

    /// Builds a model from the root of the checkpoint's names.
    ///
    /// - Throws: `WeightError` for a tensor that is missing, misshapen or belongs to no layer, `LoRAError`
    ///   for changes to weights that the model does not have, and what `build` throws.
    package func load<Model>(_ build: (ParameterPath) throws -> Model) throws -> Model {
        usedKeys = []
        let source = ParameterSource { [self] name, shape, _ in try tensor(name, shape) }
        let model = try withTorchErrors { try build(ParameterPath(source)) }
        let strangers = checkpoint.keys.filter { !usedKeys.contains($0) && !ignores($0) }
        if let first = strangers.first {
            throw WeightError.unexpected(keys: strangers, file: checkpoint.file(of: first))
        }
        for (file, _) in changes {
            guard let unused = component.map(file.unusedKeys(of:)), !unused.isEmpty else {
                continue
            }
            throw LoRAError.unexpected(keys: unused, file: file.path)
        }
        return model
    }

    private func tensor(_ name: String, _ shape: [Int]) throws -> Tensor {
        let names = [name] + formerNames(name)
        guard let key = names.first(where: { checkpoint.shape(of: $0) != nil }),
            let found = checkpoint.shape(of: key)
        else {
            throw WeightError.missing(key: name, shape: shape, file: checkpoint.file(of: name))
        }
        guard found == shape else {
            let file = checkpoint.file(of: key)
            throw WeightError.misshapen(key: key, found: found, expected: shape, file: file)
        }
        usedKeys.insert(key)
        let stored = try checkpoint.tensor(named: key)
        let tensor = try changed(stored, name).to(dtype).to(device)
        let isConvolution = shape.count == 4
        // A copy and the pages that it was made of would be twice the memory.
        defer { if isConvolution || tensor.dtype != stored.dtype { checkpoint.evict(key) } }
        return isConvolution ? tensor.contiguous(.channelsLast) : tensor
    }

    /// A weight with the low-rank changes to it, added in float32.
    private func changed(_ weight: Tensor, _ name: String) throws -> Tensor {
        guard let component else { return weight }
        return try changes.reduce(weight) { weight, lora in
            guard let change = try lora.file.change(of: name, in: component, shape: weight.shape)
            else { return weight }
            return weight.to(.float32) + change * lora.weight
        }
    }
}
