import Layers
import Tensors
import TestSupport
import Testing

struct LowRankAdapterTests {
    private static func random(_ shape: [Int], seed: UInt64) -> Tensor {
        Tensor.randn(shape, generator: Generator(seed: seed))
    }

    /// An adapter of rank 2 and alpha 3 with random matrices, B too.
    private static func adapter(of parameter: Parameter) throws -> LowRankAdapter {
        let source = ParameterSource { name, shape, _ in
            random(shape, seed: name.contains("lora_A") ? 1 : 2)
        }
        return try LowRankAdapter(
            shape: parameter.value.shape,
            rank: 2,
            alpha: 3,
            at: ParameterPath(source)["layer"]
        )
    }

    @Test func `the change is alpha over rank times B A`() throws {
        try withTorchErrors {
            let source = ParameterSource { name, shape, _ in
                name.hasSuffix("lora_A.weight")
                    ? Tensor([1, 2, -1, 0, 1, 3], shape) : Tensor([2, 1, 0, -1], shape)
            }
            let adapter = try LowRankAdapter(
                shape: [2, 3],
                rank: 2,
                alpha: 4,
                at: ParameterPath(source)["unet"]["to_q"]
            )
            let expected: [Float] = [4, 10, 2, 0, -2, -6]
            #expect(try adapter.change.array() == expected)
            #expect(
                source.parameters.map(\.name)
                    == ["unet.to_q.lora_A.weight", "unet.to_q.lora_B.weight"]
            )
        }
    }

    @Test func `an adapter that has not learned changes nothing`() throws {
        try withTorchErrors {
            let layer = try Linear(6, 4, at: ParameterPath(.random(seed: 1)))
            let input = Self.random([3, 6], seed: 3)
            let before = try layer(input).array()
            layer.weight.adapter = try LowRankAdapter(
                shape: [4, 6],
                rank: 2,
                alpha: 2,
                at: ParameterPath(.random(seed: 2))
            )
            #expect(try layer(input).array() == before)
        }
    }

    /// Merged weights against the products that libtorch computes from W + ΔW.
    @Test func `a linear layer answers alike with its adapter beside it and merged`() throws {
        try withTorchErrors {
            let layer = try Linear(6, 4, at: ParameterPath(.random(seed: 1)))
            let original = try layer.weight.value.array()
            let adapter = try Self.adapter(of: layer.weight)
            let input = Self.random([3, 6], seed: 3)
            let expected = input.linear(
                layer.weight.value + adapter.change,
                bias: layer.bias?.value
            )
            layer.weight.adapter = adapter
            try expectClose(layer(input), expected, atol: 1e-5)
            layer.weight.mergeAdapter()
            layer.weight.mergeAdapter()
            #expect(try layer(input).array() == expected.array())
            layer.weight.unmergeAdapter()
            #expect(try layer.weight.value.array() == original)
            try expectClose(layer(input), expected, atol: 1e-5)
        }
    }

    @Test(arguments: [(1, 1, 0), (3, 1, 1), (3, 2, 1)])
    func `a convolution answers alike with its adapter beside it and merged`(
        kernel: Int,
        stride: Int,
        padding: Int
    ) throws {
        try withTorchErrors {
            let layer = try Conv2d(
                3,
                5,
                kernel: kernel,
                stride: stride,
                padding: padding,
                at: ParameterPath(.random(seed: 1))
            )
            let original = try layer.weight.value.array()
            let input = Self.random([2, 3, 7, 6], seed: 3)
            let plain = try layer(input).array()
            layer.weight.adapter = try Self.adapter(of: layer.weight)
            let beside = layer(input)
            #expect(try beside.array() != plain)
            layer.weight.mergeAdapter()
            try expectClose(layer(input), beside, atol: 1e-5)
            layer.weight.unmergeAdapter()
            #expect(try layer.weight.value.array() == original)
        }
    }

    @Test func `half-precision weights come back bit for bit`() throws {
        try withTorchErrors {
            let layer = try Linear(6, 4, at: ParameterPath(.random(seed: 1)))
            layer.weight.value = layer.weight.value.to(.bfloat16)
            let original = try layer.weight.value.to(.float32).array()
            layer.weight.adapter = try Self.adapter(of: layer.weight)
            layer.weight.mergeAdapter()
            #expect(layer.weight.value.dtype == .bfloat16)
            #expect(try layer.weight.value.to(.float32).array() != original)
            layer.weight.unmergeAdapter()
            #expect(try layer.weight.value.to(.float32).array() == original)
        }
    }
}
