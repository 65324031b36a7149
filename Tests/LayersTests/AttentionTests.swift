import Layers
import Tensors
import TestSupport
import Testing

struct AttentionTests {
    /// The definition, written out with matrix products.
    private func reference(_ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor? = nil) -> Tensor {
        var scores = q.matmul(k.transposed(2, 3)) / Double(q.size(3)).squareRoot()
        if let mask { scores = scores + mask }
        return scores.softmax(-1).matmul(v)
    }

    @Test func `attention is the softmax-weighted mean of the values`() throws {
        try withTorchErrors {
            let generator = Generator(seed: 2)
            let q = Tensor.randn([2, 3, 5, 4], generator: generator)
            let k = Tensor.randn([2, 3, 7, 4], generator: generator)
            let v = Tensor.randn([2, 3, 7, 4], generator: generator)
            try expectClose(
                q.scaledDotProductAttention(keys: k, values: v),
                reference(q, k, v),
                atol: 1e-6
            )
        }
    }

    /// 1,024 keys let about 1,000 queries be computed at a time.
    @Test(arguments: [(DType.float32, 1e-6), (.bfloat16, 0.03)])
    func `many tokens without gradients give the same`(_ dtype: DType, _ atol: Double) throws {
        try withTorchErrors {
            try withoutGradients {
                let generator = Generator(seed: 2)
                let q = Tensor.randn([2, 2_500, 2, 8], generator: generator).transposed(1, 2)
                // Keys with much in common, as trained models have them.
                let k = Tensor.randn([2, 2, 1_024, 8], generator: generator) + 4
                let v = Tensor.randn([2, 2, 1_024, 8], generator: generator)
                let output = q.to(dtype)
                    .scaledDotProductAttention(keys: k.to(dtype), values: v.to(dtype))
                #expect(output.dtype == dtype)
                let rounded = [q, k, v].map { $0.to(dtype).to(.float32) }
                try expectClose(
                    output.to(.float32),
                    reference(rounded[0], rounded[1], rounded[2]),
                    atol: atol
                )
            }
        }
    }

    /// The scores of 2,100 queries and keys in 8 heads take 141 MB, which are not kept.
    @Test func `scores that are computed again give the same gradients`() throws {
        try withTorchErrors {
            let generator = Generator(seed: 2)
            let inputs = (0..<3).map { _ in Tensor.randn([1, 8, 2_100, 4], generator: generator) }
            let weights = Tensor.randn([1, 8, 2_100, 4], generator: generator)
            func gradients(_ attention: (Tensor, Tensor, Tensor) -> Tensor) throws -> [Tensor] {
                let leaves = inputs.map { $0.cloned() }
                for leaf in leaves { leaf.requiresGrad = true }
                (attention(leaves[0], leaves[1], leaves[2]) * weights).sum().backward()
                return try leaves.map { try #require($0.grad) }
            }
            let expected = try gradients { reference($0, $1, $2) }
            let found = try gradients { $0.scaledDotProductAttention(keys: $1, values: $2) }
            for (found, expected) in zip(found, expected) {
                try expectClose(found, expected, atol: 1e-5)
            }
        }
    }

    @Test func `causal attention sees no later key`() throws {
        try withTorchErrors {
            let generator = Generator(seed: 2)
            let q = Tensor.randn([1, 2, 3, 4], generator: generator)
            let k = Tensor.randn([1, 2, 3, 4], generator: generator)
            let v = Tensor.randn([1, 2, 3, 4], generator: generator)
            let never = -Float.infinity
            let mask = Tensor([0, never, never, 0, 0, never, 0, 0, 0], [3, 3])
            try expectClose(
                q.scaledDotProductAttention(keys: k, values: v, isCausal: true),
                reference(q, k, v, mask: mask),
                atol: 1e-6
            )
        }
    }

    @Test func `a context keeps each layer's own keys and values`() throws {
        try withTorchErrors {
            let path = ParameterPath(.random(seed: 4))
            let first = try Attention(8, contextWidth: 6, headCount: 2, at: path["first"])
            let second = try Attention(8, contextWidth: 6, headCount: 2, at: path["second"])
            let generator = Generator(seed: 5)
            let tokens = Tensor.randn([1, 3, 8], generator: generator)
            let text = Tensor.randn([1, 4, 6], generator: generator)
            let shared = CrossAttentionContext(text)
            for layer in [first, second, first] {
                try expectClose(
                    layer(tokens, context: shared),
                    layer(tokens, context: CrossAttentionContext(text)),
                    atol: 0
                )
            }
        }
    }
}
