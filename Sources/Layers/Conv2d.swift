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
        guard backpropagatesSlowly(input) else { return convolved(input) }
        return withAutocast(.float32) { convolved(input.to(weight.value.dtype)) }
    }

    /// Whether mixed precision would cost more than it saves: on CPUs the bfloat16 gradient of a convolution over few
    /// positions falls to a kernel ten times slower than float32's (32x256x8x8: 415 ms against 32 ms).
    private func backpropagatesSlowly(_ input: Tensor) -> Bool {
        weight.value.requiresGrad && input.device == .cpu && input.size(2) * input.size(3) <= 256
    }

    private func convolved(_ input: Tensor) -> Tensor {
        input.conv2d(weight.value, bias: bias.value, stride: stride, padding: padding)
    }
}
