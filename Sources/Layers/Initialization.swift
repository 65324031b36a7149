public import Tensors

/// How a parameter begins when no checkpoint gives it.
public enum Initialization: Sendable {
    case zeros
    case ones
    case normal(standardDeviation: Double)
    /// Uniform within ±`bound`; PyTorch's layers use 1/√(fan-in).
    case uniform(bound: Double)

    /// Draws a tensor.
    public func tensor(_ shape: [Int], generator: Generator) -> Tensor {
        switch self {
        case .zeros: Tensor.zeros(shape)
        case .ones: Tensor.ones(shape)
        case .normal(let standardDeviation):
            Tensor.randn(shape, generator: generator) * standardDeviation
        case .uniform(let bound):
            (Tensor.rand(shape, generator: generator) * 2 - 1) * bound
        }
    }
}
