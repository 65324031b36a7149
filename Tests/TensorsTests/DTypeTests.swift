import Tensors
import TestSupport
import Testing

struct DTypeTests {
    @Test(arguments: [DType.float16, .bfloat16])
    func `halves round as in torch`(dtype: DType) throws {
        let goldens = try Goldens.tensors("tensors/values.safetensors")
        let converted = try goldens["conversion.float32"].to(dtype)
        #expect(converted.dtype == dtype)
        let expected = try goldens["conversion.\(dtype)"]
        #expect(expected.dtype == dtype)
        #expect(try converted.withBytes { Array($0) } == expected.withBytes { Array($0) })
    }

    @Test func `fractions are cut off on the way to integers`() throws {
        let goldens = try Goldens.tensors("tensors/values.safetensors")
        let numbers = try goldens["conversion.float32"].sliced(0, to: 4)
        let integers = try (numbers * -7.7).to(.int64).integers()
        #expect(try integers == goldens["conversion.int64"].integers())
    }

    @Test(arguments: DType.allCases)
    func `a type has its width, its name and its numbers`(dtype: DType) throws {
        let tensor = Tensor.ones([5], dtype: dtype)
        #expect(tensor.dtype == dtype)
        #expect(try tensor.withBytes { $0.count } == 5 * dtype.byteCount)
        #expect(try tensor.array() == [1, 1, 1, 1, 1])
        #expect(DType(name: dtype.description) == dtype)
        #expect(tensor.sum().dtype == (dtype.isFloatingPoint ? dtype : .int64))
    }

    @Test func `an unknown name is no type`() {
        #expect(DType(name: "float8") == nil)
    }
}
