public import Tensors

/// A function between two layers, by its name in a diffusers or transformers config.json.
public enum Activation: String, Codable, Sendable {
    case silu
    case swish
    case gelu
    case quickGELU = "quick_gelu"
    case relu

    /// Applies the function to each element.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        switch self {
        case .silu, .swish: input.silu()
        case .gelu: input.gelu()
        case .quickGELU: input * (input * 1.702).sigmoid()
        case .relu: input.relu()
        }
    }
}
