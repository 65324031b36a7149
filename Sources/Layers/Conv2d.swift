public import Tensors

/// A two-dimensional convolution (cross-correlation) with zero padding.
public final class Conv2d {
    /// `[outputs, inputs, kernel, kernel]`.
    public let weight: Parameter
    /// `[outputs]`.
    public let bias: Parameter
    private let stride: Int
    private let padding: Int

    /// Takes `weight` and `bias`.
    public init(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Int,
        stride: Int = 1,
        padding: Int = 0,
        at path: ParameterPath
    ) throws {
        let bound = 1 / Double(inputs * kernel * kernel).squareRoot()
        weight = try path.parameter(
            "weight",
            [outputs, inputs, kernel, kernel],
            .uniform(bound: bound)
        )
        bias = try path.parameter("bias", [outputs], .uniform(bound: bound))
        self.stride = stride
        self.padding = padding
    }

    /// `[N, inputs, H, W]` to `[N, outputs, H′, W′]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let output = input.conv2d(
            weight.value,
            bias: bias.value,
            stride: stride,
            padding: padding
        )
        guard let adapter = weight.activeAdapter else { return output }
        return output + adapter.conv2d(input, stride: stride, padding: padding)
    }
}
