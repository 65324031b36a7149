/// A file of low-rank changes that does not fit the model.
public enum LoRAError: Error, Equatable, Sendable {
    /// Keys that belong to no weight of the model.
    case unexpected(keys: [String], file: String)
    /// One matrix of a pair is there, the other is not.
    case missing(key: String, file: String)
    /// A matrix has the size of another weight.
    case misshapen(key: String, found: [Int], expected: [Int], file: String)
    /// The changes are more than a product of two matrices.
    case unsupported(kind: String, file: String)
}

extension LoRAError: CustomStringConvertible {
    /// What does not fit, in which file, and what to do.
    public var description: String {
        switch self {
        case .unexpected(let keys, let file):
            "the LoRA \(file) changes what this model does not have: \(keys.count) tensors "
                + "(\(keys.prefix(3).joined(separator: ", "))\(keys.count > 3 ? ", …" : "")); "
                + "use it with the kind of model that it was trained on"
        case .missing(let key, let file):
            "the LoRA \(file) is incomplete: the tensor \(key) is missing"
        case .misshapen(let key, let found, let expected, let file):
            "the LoRA \(file): the tensor \(key) is \(found), but this model needs \(expected); "
                + "use it with the kind of model that it was trained on"
        case .unsupported(let kind, let file):
            "the LoRA \(file) is of the kind \(kind), which is not supported; "
                + "only plain products of two matrices are"
        }
    }
}
