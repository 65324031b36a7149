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

    /// Builds a model from the root of the checkpoint's names.
    ///
    /// - Throws: `WeightError` for a tensor that is missing, misshapen or belongs to no layer, and what
    ///   `build` throws.
    package func load<Model>(_ build: (ParameterPath) throws -> Model) throws -> Model {
        usedKeys = []
        let source = ParameterSource { [self] name, shape, _ in try tensor(name, shape) }
        let model = try withTorchErrors { try build(ParameterPath(source)) }
        let strangers = checkpoint.keys.filter { !usedKeys.contains($0) && !ignores($0) }
        if let first = strangers.first {
            throw WeightError.unexpected(keys: strangers, file: checkpoint.file(of: first))
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
        let tensor = try checkpoint.tensor(named: key).to(dtype).to(device)
        return shape.count == 4 ? tensor.contiguous(.channelsLast) : tensor
    }
}
