public import Tensors

/// An affine map of the last axis, y = x Wᵀ + b.
public final class Linear {
    /// `[outputs, inputs]`.
    public let weight: Parameter
    /// `[outputs]`.
    public let bias: Parameter?

    /// Takes `weight` and, if it has one, `bias`.
    ///
    /// - Parameters:
    ///   - inputs: features that come in.
    ///   - outputs: features that go out.
    ///   - hasBias: whether a learned vector is added.
    ///   - standardDeviation: of a normal start with zero bias, in place of PyTorch's uniform one.
    ///   - path: the layer's place in the checkpoint.
    /// - Throws: `WeightError` where a checkpoint has other tensors there.
    public init(
        _ inputs: Int,
        _ outputs: Int,
        hasBias: Bool = true,
        standardDeviation: Double? = nil,
        at path: ParameterPath
    ) throws {
        let uniform = Initialization.uniform(bound: 1 / Double(inputs).squareRoot())
        let normal = standardDeviation.map(Initialization.normal(standardDeviation:))
        weight = try path.parameter("weight", [outputs, inputs], normal ?? uniform)
        bias =
            hasBias
            ? try path.parameter("bias", [outputs], normal == nil ? uniform : .zeros) : nil
    }

    /// `[…, inputs]` to `[…, outputs]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let output = input.linear(weight.value, bias: bias?.value)
        guard let adapter = weight.activeAdapter else { return output }
        return output + adapter.linear(input)
    }
}
