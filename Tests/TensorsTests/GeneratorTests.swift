import Tensors
import TestSupport
import Testing

struct GeneratorTests {
    static let seeds: [UInt64] = [0, 42, 1_234_567_890_123, 1 << 63 + 5]

    @Test func `seed 42 starts as everywhere else`() throws {
        let noise = Tensor.randn([6], generator: Generator(seed: 42))
        // Printed by torch.randn(6, generator=torch.Generator().manual_seed(42)).
        let expected: [Float] = [
            0.336_690_37, 0.128_809_4, 0.234_462_37, 0.230_333_03, -1.122_856_4, -0.186_328_29,
        ]
        try expectClose(noise, Tensor(expected, [6]), atol: 1e-7)
    }

    @Test(arguments: seeds)
    func `Gaussian draws equal those of torch, also one after the other`(seed: UInt64) throws {
        let goldens = try Goldens.tensors("tensors/values.safetensors")
        for size in [6, 15, 16, 17, 100] {
            let generator = Generator(seed: seed)
            for draw in ["first", "second"] {
                let name = "randn.\(seed).\(size).\(draw)"
                let noise = Tensor.randn([size], generator: generator)
                try expectClose(noise, goldens[name], atol: 1e-6, name)
            }
        }
    }

    @Test(arguments: seeds)
    func `draws of every kind equal those of torch`(seed: UInt64) throws {
        let goldens = try Goldens.tensors("tensors/values.safetensors")
        let image = Tensor.randn([1, 4, 5, 7], generator: Generator(seed: seed))
        try expectClose(image, goldens["randn.\(seed).image"], atol: 1e-6)
        let half = Tensor.randn([33], generator: Generator(seed: seed), dtype: .bfloat16)
        #expect(half.dtype == .bfloat16)
        try expectClose(half, goldens["randn.\(seed).bfloat16"], atol: 0)
        let uniform = Tensor.rand([33], generator: Generator(seed: seed))
        try expectClose(uniform, goldens["rand.\(seed)"], atol: 0)
        let integers = Tensor.randint(-3..<1000, [33], generator: Generator(seed: seed))
        #expect(integers.dtype == .int64)
        try expectClose(integers, goldens["randint.\(seed)"], atol: 0)
    }

    @Test func `a restored state continues bit for bit`() throws {
        let generator = Generator(seed: 5)
        // An odd number of draws, so that the second half of a Gaussian pair is part of the state.
        _ = Tensor.randn([7], generator: generator)
        let state = generator.state
        let expected = try Tensor.randn([31], generator: generator).array()
        let other = Generator(seed: 99)
        other.state = state
        #expect(try Tensor.randn([31], generator: other).array() == expected)
        generator.state = state
        #expect(try Tensor.randn([31], generator: generator).array() == expected)
    }

    @Test func `a state does not change as its generator goes on`() throws {
        let generator = Generator(seed: 5)
        let state = generator.state
        let before = try state.bytes()
        _ = Tensor.randn([700], generator: generator)
        #expect(try state.bytes() == before)
        #expect(try generator.state.bytes() != before)
    }

    @Test(arguments: [
        Tensor.BadState.empty, .short, .ofWrongType, .garbage,
    ])
    func `what is no state is an error`(_ bad: Tensor.BadState) throws {
        #expect(throws: TorchError.self) {
            try withTorchErrors { Generator(seed: 1).state = bad.tensor }
        }
    }
}

extension Tensor {
    /// Tensors that no generator has saved.
    enum BadState: CaseIterable {
        case empty
        case short
        case ofWrongType
        case garbage

        var tensor: Tensor {
            let size = Generator(seed: 1).state.size(0)
            return switch self {
            case .empty: Tensor.zeros([0], dtype: .uint8)
            case .short: Tensor.zeros([size - 1], dtype: .uint8)
            case .ofWrongType: Tensor.zeros([size])
            case .garbage: Tensor.full([size], 255, dtype: .uint8)
            }
        }
    }
}
