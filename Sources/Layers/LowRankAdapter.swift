public import Tensors

/// A low-rank addition to a frozen weight: ΔW = α/r · B A.
///
/// - SeeAlso: LoRA, Hu et al. 2021, arXiv:2106.09685, section 4.1; keys are those of peft.
public final class LowRankAdapter {
    /// A, `[rank, inputs]`, or `[rank, inputs, kernel, kernel]` for a convolution.
    public let down: Parameter
    /// B, `[outputs, rank]` or `[outputs, rank, 1, 1]`; zeros at first, so that nothing is added.
    public let up: Parameter
    /// α/r.
    public let scale: Double
    fileprivate var unmerged: Tensor?

    /// Takes `lora_A.weight` and `lora_B.weight`.
    ///
    /// - Parameters:
    ///   - shape: the weight's, `[outputs, inputs]` or `[outputs, inputs, kernel, kernel]`.
    ///   - rank: rows of A and columns of B.
    ///   - alpha: the scale of ΔW, in units of 1/rank.
    ///   - path: the layer's place among the adapters.
    /// - Throws: `WeightError` where a checkpoint has other tensors there.
    public init(shape: [Int], rank: Int, alpha: Double, at path: ParameterPath) throws {
        let inputs = shape.dropFirst()
        let bound = 1 / Double(inputs.reduce(1, *)).squareRoot()
        down = try path["lora_A"].parameter("weight", [rank] + inputs, .uniform(bound: bound))
        up = try path["lora_B"].parameter(
            "weight",
            [shape[0], rank] + inputs.dropFirst().map { _ in 1 },
            .zeros
        )
        scale = alpha / Double(rank)
    }

    /// ΔW, in the shape of the weight.
    public var change: Tensor {
        Self.product(up: up.value, down: down.value) * scale
    }

    /// B A in the shape of the weight that it belongs to.
    public static func product(up: Tensor, down: Tensor) -> Tensor {
        up.flattened(from: 1).matmul(down.flattened(from: 1))
            .reshaped([up.size(0)] + down.shape.dropFirst())
    }

    /// What a linear layer's output for `input` changes by.
    func linear(_ input: Tensor) -> Tensor {
        input.linear(down.value, bias: nil).linear(up.value, bias: nil) * scale
    }

    /// What a convolution's output for `input` changes by.
    func conv2d(_ input: Tensor, stride: Int, padding: Int) -> Tensor {
        input.conv2d(down.value, bias: nil, stride: stride, padding: padding)
            .conv2d(up.value, bias: nil, stride: 1, padding: 0) * scale
    }
}

extension Parameter {
    /// The adapter that layers have to compute beside the elements: nil where there is none, or a merged one.
    var activeAdapter: LowRankAdapter? { adapter?.unmerged == nil ? adapter : nil }

    /// Adds the adapter's change to the elements, so that the layer runs as fast as without one.
    public func mergeAdapter() {
        guard let adapter = activeAdapter else { return }
        adapter.unmerged = value
        value = withoutGradients { (value.to(.float32) + adapter.change).to(value.dtype) }
    }

    /// Puts the elements back that `mergeAdapter` has changed, bit for bit.
    public func unmergeAdapter() {
        guard let adapter, let unmerged = adapter.unmerged else { return }
        value = unmerged
        adapter.unmerged = nil
    }
}

@available(*, unavailable)
extension LowRankAdapter: Sendable {}
