public import Tensors

/// A table of vectors looked up by index.
public final class Embedding {
    /// `[entries, features]`.
    public let weight: Parameter

    /// Takes `weight`.
    public init(
        _ entries: Int,
        _ features: Int,
        standardDeviation: Double = 0.02,
        at path: ParameterPath
    ) throws {
        weight = try path.parameter(
            "weight",
            [entries, features],
            .normal(standardDeviation: standardDeviation)
        )
    }

    /// `int64` indices of any shape to that shape with `features` appended.
    public func callAsFunction(_ indices: Tensor) -> Tensor {
        indices.embedding(weight.value)
    }
}
