import Layers
import Tensors
import TestSupport
import Testing

struct LinearTests {
    /// y = x Wᵀ + b, computed by hand.
    @Test func `a linear layer maps the last axis`() throws {
        try withTorchErrors {
            let x = Tensor([1, 2, -1, 0.5], [1, 2, 2])
            let weight = Tensor([1.0, 0, 2, 1, 0, -1], [3, 2])
            let bias = Tensor([0.5, 0, -0.5], [3])
            let expected: [Float] = [1.5, 4, -2.5, -0.5, -1.5, -1]
            let recorded = try x.linear(weight, bias: bias).array()
            let inference = try withoutGradients { try x.linear(weight, bias: bias).array() }
            #expect(recorded == expected)
            #expect(inference == expected)
        }
    }

    @Test(arguments: [(DType.float32, 1e-5), (.bfloat16, 0.05)])
    func `products without gradients equal those with them`(_ dtype: DType, _ atol: Double) throws {
        try withTorchErrors {
            let generator = Generator(seed: 7)
            // Rows that do not lie one behind the other, as a transposed feature map has them.
            let x = Tensor.randn([2, 48, 33], generator: generator).to(dtype).transposed(1, 2)
            let weight = Tensor.randn([20, 48], generator: generator).to(dtype)
            let exact = x.to(.float32).matmul(weight.to(.float32).transposed(0, 1))
            try expectClose(x.linear(weight, bias: nil).to(.float32), exact, atol: atol, rtol: 0.01)
            let fast = withoutGradients { x.linear(weight, bias: nil) }
            #expect(fast.dtype == dtype)
            try expectClose(fast.to(.float32), exact, atol: atol, rtol: 0.01)
        }
    }

    @Test func `products are cast where autocast asks for it`() throws {
        try withTorchErrors {
            let (x, weight) = (Tensor.ones([2, 3]), Tensor.ones([4, 3]))
            let output = withoutGradients {
                withAutocast(.bfloat16) { x.linear(weight, bias: nil) }
            }
            #expect(output.dtype == .bfloat16)
        }
    }

    @Test func `sizes that do not fit are an error`() {
        #expect(throws: TorchError.self) {
            try withTorchErrors {
                _ = withoutGradients { Tensor.ones([2, 3]).linear(.ones([4, 5]), bias: nil) }
            }
        }
    }
}
