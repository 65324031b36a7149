import Tensors
import TestSupport
import Testing

struct TensorTests {
    private func operations() throws -> (GoldenTensors, a: Tensor, b: Tensor) {
        let goldens = try Goldens.tensors("tensors/values.safetensors")
        return (goldens, try goldens["a"], try goldens["b"])
    }

    @Test func `operations equal those of torch`() throws {
        let (goldens, a, b) = try operations()
        let results: [(String, Tensor)] = [
            ("a + b", a + b), ("a - b", a - b), ("a * b", a * b), ("a / b", a / b),
            ("a + 2", 2 + a), ("2 - a", 2 - a), ("a * 3", 3 * a), ("3 / b", 3 / b),
            ("a / 4", a / 4), ("-a", -a), ("squared", a.squared()), ("sqrt", b.sqrt()),
            ("exp", a.exp()), ("log", b.log()), ("sin", a.sin()), ("cos", a.cos()),
            ("abs", a.abs()), ("tanh", a.tanh()), ("sigmoid", a.sigmoid()),
            ("rounded", (a * 2).rounded()), ("clamp", a.clamp(min: -0.5, max: 0.75)),
            ("clamp min", a.clamp(min: 0)), ("matmul", a.matmul(a.transposed(1, 2))),
            ("sum", a.sum()), ("sum 0 2", a.sum([0, 2], keepsDimensions: true)),
            ("mean", a.mean()), ("mean 1", a.mean([1])), ("max", a.max()), ("min", a.min()),
            ("argmax", a.argmax(2)), ("norm", a.norm()), ("softmax", a.softmax(-1)),
        ]
        for (name, result) in results {
            try expectClose(result, goldens["operation.\(name)"], atol: 1e-5, name)
        }
    }

    @Test func `views and copies put elements where torch does`() throws {
        let (goldens, a, _) = try operations()
        let results: [(String, Tensor)] = [
            ("permuted", a.permuted([2, 0, 1])),
            ("sliced", a.sliced(1, from: 1).sliced(2, step: 2)), ("selected", a.selected(1, 1)),
            ("flipped", a.flipped([0, 2])), ("padded", a.padded([1, 2, 0, 1], value: 9)),
            ("repeated", a.repeated(2, axis: 1)),
            ("gathered", a.gathered(2, at: Tensor([3, 0, 0], [3]))),
            ("concatenated", .concatenated([a, a * 2], axis: 1)),
            ("stacked", .stacked([a, -a], axis: 1)),
            ("replaced", a.replaced(where: a.clamp(min: 0).equals(Tensor(0)), by: Tensor(-1))),
            ("linspace", .linspace(-1, 2, count: 7)),
        ]
        for (name, result) in results {
            try expectClose(result, goldens["operation.\(name)"], atol: 1e-6, name)
        }
    }

    @Test func `chunks are equal parts in order`() throws {
        let parts = Tensor.arange(6, dtype: .float32).reshaped([2, 3]).chunked(3, axis: 1)
        #expect(try parts.map { try $0.array() } == [[0, 3], [1, 4], [2, 5]])
    }

    @Test func `shapes are told by axis and from the end`() {
        let tensor = Tensor.zeros([2, 3, 5])
        #expect(tensor.shape == [2, 3, 5])
        #expect(tensor.size(1) == 3)
        #expect(tensor.size(-1) == 5)
        #expect(tensor.dimensionCount == 3)
        #expect(tensor.elementCount == 30)
        #expect(Tensor(1).shape.isEmpty)
        #expect(tensor.unsqueezed(1).squeezed(1).flattened(from: 1).shape == [2, 15])
        #expect(Tensor.ones([3, 1]).expanded([-1, 4]).shape == [3, 4])
    }

    @Test func `copies share elements and clones do not`() throws {
        let tensor = Tensor([1, 2] as [Float], [2])
        let (copy, clone) = (tensor, tensor.cloned())
        tensor += Tensor(10)
        tensor *= 2
        #expect(try copy.array() == [22, 24])
        #expect(try clone.array() == [1, 2])
        tensor.copy(from: clone)
        #expect(try copy.array() == [1, 2])
    }

    @Test func `every value of the widest types is read exactly`() throws {
        #expect(Tensor([16_777_217], [1]).item() == 16_777_217)
        #expect(Tensor(1.0 / 3, dtype: .float64).item() == 1.0 / 3)
        #expect(try Tensor([Int(Int64.max), -1], [2]).integers() == [.max, -1])
        #expect(try Tensor([0, 255] as [UInt8], [2]).bytes() == [0, 255])
    }

    @Test func `elements are read in row-major order wherever they lie`() throws {
        let tensor = Tensor.arange(6).reshaped([2, 3]).transposed(0, 1)
        #expect(!tensor.isContiguous)
        #expect(try tensor.integers() == [0, 3, 1, 4, 2, 5])
    }

    @Test func `channels last is another order of the same elements`() throws {
        let image = Tensor.randn([2, 3, 4, 5], generator: Generator(seed: 1))
        let other = image.contiguous(.channelsLast)
        #expect(other.isChannelsLast && !other.isContiguous)
        #expect(try other.array() == image.array())
        #expect(other.contiguous().isContiguous)
        #expect(try other.contiguous().array() == image.array())
        // In memory each pixel has its channels beside each other.
        #expect(other.permuted([0, 2, 3, 1]).isContiguous)
    }

    @Test func `numbers are finite until one is not`() {
        #expect(Tensor([1, 2] as [Float], [2]).isFinite)
        #expect(!Tensor([1, .infinity] as [Float], [2]).isFinite)
        #expect(!Tensor([.nan, 2] as [Float], [2]).isFinite)
        #expect(Tensor.ones([2]).all)
        #expect(!Tensor([1, 0], [2]).all)
    }

    @Test func `an empty tensor is no error`() throws {
        #expect(try Tensor.zeros([0, 3]).array().isEmpty)
        #expect(try Tensor([] as [Float], [0]).array().isEmpty)
        #expect(Tensor.zeros([0, 3]).sum().item() == 0)
    }
}
