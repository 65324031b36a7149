public import Tensors

/// Group normalization (Wu & He 2018, arXiv:1803.08494) with a gain and an offset a channel.
public final class GroupNorm {
    /// The gain, `[channels]`.
    public let weight: Parameter
    /// The offset, `[channels]`.
    public let bias: Parameter
    private let groupCount: Int
    private let epsilon: Double

    /// Takes `weight` and `bias`.
    public init(groups: Int, _ channels: Int, epsilon: Double = 1e-5, at path: ParameterPath) throws
    {
        weight = try path.parameter("weight", [channels], .ones)
        bias = try path.parameter("bias", [channels], .zeros)
        groupCount = groups
        self.epsilon = epsilon
    }

    /// `[N, channels, …]`, each sample's groups to mean 0 and variance 1.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        guard backpropagatesSlowly(input) else { return normalized(input) }
        return normalized(input.contiguous(.contiguous)).contiguous(.channelsLast)
    }

    /// The same with SiLU after it, in the memory of what is normalized unless a gradient needs that.
    public func activated(_ input: Tensor) -> Tensor {
        let normalized = self(input)
        guard !normalized.requiresGrad else { return normalized.silu() }
        normalized.applySiLU()
        return normalized
    }

    /// Whether two copies of the input cost less than the gradient in its layout: libtorch's kernel for CPUs takes four
    /// times as long in channels_last (16x64x32x32 in bfloat16, one thread: 27 ms, and 6 ms with the copies).
    private func backpropagatesSlowly(_ input: Tensor) -> Bool {
        input.requiresGrad && input.device == .cpu && input.dimensionCount == 4
    }

    private func normalized(_ input: Tensor) -> Tensor {
        input.groupNorm(groupCount, weight: weight.value, bias: bias.value, epsilon: epsilon)
    }
}

/// Layer normalization over the last axis (arXiv:1607.06450).
public final class LayerNorm {
    /// The gain, `[features]`.
    public let weight: Parameter
    /// The offset, `[features]`.
    public let bias: Parameter
    private let epsilon: Double

    /// Takes `weight` and `bias`.
    public init(_ features: Int, epsilon: Double = 1e-5, at path: ParameterPath) throws {
        weight = try path.parameter("weight", [features], .ones)
        bias = try path.parameter("bias", [features], .zeros)
        self.epsilon = epsilon
    }

    /// `[…, features]`, each vector to mean 0 and variance 1.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.layerNorm(weight: weight.value, bias: bias.value, epsilon: epsilon)
    }
}
