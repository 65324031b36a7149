import Tensors
import Testing

struct DeviceTests {
    @Test func `CUDA works, or the error names what is missing`() throws {
        do {
            try Device.loadCUDA()
        } catch {
            #expect(error.operation == "load CUDA")
            let reasons = ["libtorch_cuda.so", "no CUDA device was found"]
            #expect(reasons.contains(where: error.message.contains), "\(error)")
            #expect(error.message.contains("Scripts/setup --cuda"))
            return
        }
        let tensor = Tensor.ones([3], device: .cuda(index: 0)) * 2
        #expect(tensor.device == .cuda(index: 0))
        #expect(try tensor.array() == [2, 2, 2])
    }

    @Test func `a device that is not there is an error`() {
        #expect(throws: TorchError.self) {
            try withTorchErrors { Tensor.ones([3], device: .cuda(index: 100)) }
        }
        #expect(throws: TorchError.self) {
            try withTorchErrors { Tensor.ones([3]).to(.cuda(index: 100)) }
        }
    }

    @Test func `a device is told by its name`() {
        #expect(Tensor.ones([1]).device == .cpu)
        #expect("\(Device.cpu) \(Device.cuda(index: 1))" == "cpu cuda:1")
    }
}
