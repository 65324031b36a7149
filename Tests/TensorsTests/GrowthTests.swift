import Foundation
import Tensors
import TestSupport
import Testing

#if compiler(>=6.2)
/// Each test has a process of its own, where no other test makes tensors.
struct GrowthTests {
    @Test func `ten thousand operations leave nothing behind`() async {
        await #expect(processExitsWith: .success) {
            let tensor = Tensor.randn([64, 64], generator: Generator(seed: 1))
            tensor.requiresGrad = true
            try expectNoGrowth {
                let product = tensor.matmul(tensor.transposed(0, 1))
                let parts = (product * 0.5 + 1).chunked(2, axis: 1)
                let joined = Tensor.concatenated(parts, axis: 0).to(.bfloat16).to(.float32)
                joined.mean().backward()
                tensor.grad = nil
            }
        }
    }

    @Test func `computations that run twice leave nothing behind`() async {
        await #expect(processExitsWith: .success) {
            let tensor = Tensor.randn([64, 64], generator: Generator(seed: 1))
            tensor.requiresGrad = true
            try expectNoGrowth {
                let hidden = recomputed([tensor.tanh()]) { $0[0].matmul(tensor).tanh() }
                hidden.mean().backward()
                _ = recomputed([tensor]) { $0[0].matmul(tensor) }
                tensor.grad = nil
            }
        }
    }

    @Test func `ten thousand failing operations leave nothing behind`() async {
        await #expect(processExitsWith: .success) {
            let tensor = Tensor.randn([64, 64], generator: Generator(seed: 1))
            try expectNoGrowth(rounds: 2500) {
                #expect(throws: TorchError.self) {
                    try withTorchErrors {
                        let failed = tensor.matmul(Tensor.ones([3]))
                        _ = Tensor.concatenated([tensor, failed], axis: 0).chunked(2, axis: 0)
                        _ = failed.reshaped([1, 2]).item()
                    }
                }
            }
        }
    }

    @Test func `opening, reading and writing files leaves nothing behind`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = folder.file("weights.safetensors")
            let damaged = folder.file("damaged.safetensors")
            try Data(repeating: 1, count: 100).write(to: URL(filePath: damaged))
            let tensor = Tensor.randn([64, 64], generator: Generator(seed: 1))
            try expectNoGrowth(rounds: 500) {
                try Safetensors.write([("a", tensor), ("b", tensor.to(.bool))], to: path)
                let file = try SafetensorsFile(path: path)
                _ = try (file.tensor(named: "a") + file.tensor(named: "b")).sum().item()
                #expect(throws: SafetensorsError.self) { try file.tensor(named: "c") }
                #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: damaged) }
            }
            let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
            #expect(descriptors.count < 100)
        }
    }
}

/// Expects as many tensors as before and at most 4 MB more after `rounds`, which hold four to ten operations each.
private func expectNoGrowth(rounds: Int = 1000, _ body: () throws -> Void) throws {
    for _ in 0..<rounds / 4 { try body() }
    let (tensorCount, residentBytes) = (Tensor.liveCount, try residentByteCount())
    for _ in 0..<rounds { try body() }
    #expect(Tensor.liveCount == tensorCount)
    #expect(try residentByteCount() - residentBytes < 4 << 20)
}

/// The process' memory that is in RAM.
private func residentByteCount() throws -> Int {
    let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(
        separator: " "
    )
    return try #require(Int(fields[1])) * sysconf(Int32(_SC_PAGESIZE))
}
#endif
