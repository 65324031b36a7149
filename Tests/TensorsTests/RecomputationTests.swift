import TestSupport
import Testing

@testable import Tensors

struct RecomputationTests {
    private static func random(_ shape: [Int], seed: UInt64) -> Tensor {
        let tensor = Tensor.randn(shape, generator: Generator(seed: seed))
        tensor.requiresGrad = true
        return tensor
    }

    /// Output and gradients of tanh(x W) y, plain or computed twice.
    private func gradients(recomputes: Bool, in dtype: DType) throws -> [Tensor] {
        let (x, w, y) = (
            Self.random([4, 6], seed: 1), Self.random([6, 5], seed: 2),
            Self.random([5, 3], seed: 3)
        )
        return try withTorchErrors {
            let output = withAutocast(dtype) { () -> Tensor in
                // The activations before tanh are not kept; W is reached although it is no input.
                func body(_ inputs: [Tensor]) -> Tensor {
                    inputs[0].matmul(w).tanh().matmul(inputs[1])
                }
                let hidden = recomputes ? recomputed([x.tanh(), y], body) : body([x.tanh(), y])
                return hidden.to(.float32).squared().sum()
            }
            output.backward()
            return try [output.detached()] + [x, w, y].map { try #require($0.grad) }
        }
    }

    @Test(arguments: [DType.float32, .bfloat16])
    func `gradients are those of a computation that keeps its activations`(dtype: DType) throws {
        let plain = try gradients(recomputes: false, in: dtype)
        for (found, expected) in zip(try gradients(recomputes: true, in: dtype), plain) {
            #expect(try found.array() == expected.array())
        }
    }

    @Test func `a computation runs again for the gradient, and only for it`() throws {
        let x = Self.random([3], seed: 1)
        var count = 0
        func cube() -> Tensor {
            recomputed([x]) { inputs in
                count += 1
                return inputs[0] * inputs[0] * inputs[0]
            }
        }
        try withTorchErrors {
            let silent = withoutGradients { cube() }
            #expect(count == 1)
            #expect(!silent.requiresGrad)
            let output = cube().sum()
            #expect(count == 2)
            output.backward()
            #expect(count == 3)
            try expectClose(try #require(x.grad), x.detached().squared() * 3, atol: 1e-5)
        }
    }

    @Test func `a computation in which nothing learns is no obstacle`() throws {
        let (x, frozen) = (Tensor.ones([2]), Tensor.ones([2]))
        let w = Self.random([2], seed: 1)
        try withTorchErrors {
            (recomputed([x]) { $0[0] * frozen } * w).sum().backward()
        }
        #expect(try w.grad?.array() == [1, 1])
    }

    @Test func `what fails in the second run is told`() throws {
        let x = Self.random([3], seed: 1)
        var count = 0
        #expect {
            try withTorchErrors {
                recomputed([x]) { inputs in
                    count += 1
                    return count == 1 ? inputs[0] : inputs[0].reshaped([2, 2])
                }.sum().backward()
            }
        } throws: { error in
            "\(error)".contains("shape '[2, 2]' is invalid")
        }
        #expect(count == 2)
    }

    @Test func `what fails in the first run is told`() throws {
        #expect {
            try withTorchErrors { _ = recomputed([Tensor.ones([3])]) { $0[0].reshaped([2]) } }
        } throws: { error in
            "\(error)".contains("shape '[2]' is invalid")
        }
    }
}
