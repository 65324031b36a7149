import Tensors
import TestSupport
import Testing

struct GradientTests {
    @Test func `gradients equal those of torch`() throws {
        let goldens = try Goldens.tensors("tensors/values.safetensors")
        let (x, w) = try (goldens["gradient.x"].cloned(), goldens["gradient.w"].cloned())
        x.requiresGrad = true
        w.requiresGrad = true
        let loss = (x.matmul(w).tanh() * (-x.sum()).exp()).mean()
        loss.backward()
        try expectClose(loss, goldens["gradient.loss"], atol: 1e-6)
        try expectClose(#require(x.grad), goldens["gradient.x.grad"], atol: 1e-6)
        try expectClose(#require(w.grad), goldens["gradient.w.grad"], atol: 1e-6)
    }

    @Test func `the gradient of a cube is three squares and sums up`() throws {
        let x = Tensor([1, -2, 3] as [Float], [3])
        x.requiresGrad = true
        (x * x * x).sum().backward()
        #expect(try x.grad?.array() == [3, 12, 27])
        (x * x * x).sum().backward()
        #expect(try x.grad?.array() == [6, 24, 54])
        x.grad = nil
        #expect(x.grad == nil)
    }

    @Test func `nothing is recorded without gradients, and again afterwards`() {
        struct Interruption: Error {}
        let x = Tensor([2] as [Float], [1])
        x.requiresGrad = true
        #expect(!withoutGradients { x * x }.requiresGrad)
        #expect(throws: Interruption.self) { try withoutGradients { throw Interruption() } }
        #expect((x * x).requiresGrad)
        #expect(!(x * x).detached().requiresGrad)
    }

    @Test func `mixed precision multiplies in halves and gives gradients in full`() throws {
        let generator = Generator(seed: 2)
        let (x, w) = (
            Tensor.randn([4, 8], generator: generator), Tensor.randn([8, 3], generator: generator)
        )
        w.requiresGrad = true
        let product = withAutocast(.bfloat16) { x.matmul(w) }
        #expect(product.dtype == .bfloat16)
        let expected = x.to(.bfloat16).matmul(w.detached().to(.bfloat16))
        #expect(try product.array() == expected.array())
        product.to(.float32).sum().backward()
        let gradient = try #require(w.grad)
        #expect(gradient.dtype == .float32)
        try expectClose(
            gradient,
            x.to(.bfloat16).to(.float32).sum([0]).unsqueezed(1).expanded([8, 3]),
            atol: 0.02
        )
        #expect(x.matmul(w).dtype == .float32)
    }

    @Test func `an inner precision ends with its scope`() {
        let x = Tensor.ones([2, 2])
        withAutocast(.bfloat16) {
            #expect(withAutocast(.float32) { x.matmul(x) }.dtype == .float32)
            #expect(x.matmul(x).dtype == .bfloat16)
            #expect(withAutocast(.float16) { x.matmul(x) }.dtype == .float16)
            #expect(x.matmul(x).dtype == .bfloat16)
        }
        #expect(x.matmul(x).dtype == .float32)
    }

    @Test func `a gradient of what is no scalar is an error`() {
        let x = Tensor.ones([3])
        x.requiresGrad = true
        #expect(throws: TorchError.self) { try withTorchErrors { (x * x).backward() } }
        #expect(throws: TorchError.self) { try withTorchErrors { Tensor(1).backward() } }
        #expect(throws: TorchError.self) {
            try withTorchErrors { Tensor([1], [1]).requiresGrad = true }
        }
    }
}
