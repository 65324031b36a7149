/// Weights that do not fit the model that config.json describes.
public enum WeightError: Error, Equatable, Sendable {
    case missing(key: String, shape: [Int], file: String)
    case misshapen(key: String, found: [Int], expected: [Int], file: String)
    case unexpected(keys: [String], file: String)
}

extension WeightError: CustomStringConvertible {
    /// What does not fit, in which file, and where to look.
    public var description: String {
        switch self {
        case .missing(let key, let shape, let file):
            "checkpoint \(file): tensor \(key) \(shape) is missing; "
                + "check that config.json and the weights belong together"
        case .misshapen(let key, let found, let expected, let file):
            "checkpoint \(file): tensor \(key) is \(found), expected \(expected); "
                + "check the sizes in config.json"
        case .unexpected(let keys, let file):
            "checkpoint \(file): \(keys.count) tensors belong to no layer of the model "
                + "(\(keys.prefix(3).joined(separator: ", "))\(keys.count > 3 ? ", …" : "")); "
                + "check the block types and layer counts in config.json"
        }
    }
}
