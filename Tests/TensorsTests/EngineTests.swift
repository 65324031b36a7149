import Tensors
import Testing

struct EngineTests {
    @Test func `the version is the one that the goldens were made with`() {
        #expect(Engine.libtorchVersion.hasPrefix("2.11.0"))
    }

    @Test func `a number of threads that is none is an error`() {
        #expect(Engine.threadCount >= 1)
        #expect(throws: TorchError.self) { try withTorchErrors { Engine.threadCount = 0 } }
    }
}
