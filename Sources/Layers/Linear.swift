public import Tensors

/// An affine map of the last axis, y = x Wᵀ + b.
public final class Linear {
    /// `[outputs, inputs]`.
    public let weight: Parameter
    /// `[outputs]`.
    public let bias: Parameter?

    /// Takes `weight` and, if it has one, `bias`.
    public init(_ inputs: Int, _ outputs: Int, hasBias: Bool = true, at path: ParameterPath) throws
    {
        let bound = 1 / Double(inputs).squareRoot()
        weight = try path.parameter("weight", [outputs, inputs], .uniform(bound: bound))
        bias = hasBias ? try path.parameter("bias", [outputs], .uniform(bound: bound)) : nil
    }

    /// `[…, inputs]` to `[…, outputs]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.linear(weight.value, bias: bias?.value)
    }
}
