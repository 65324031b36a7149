import Foundation
import Synchronization
import Tensors
import Testing

struct ErrorScopeTests {
    private struct Interruption: Error {}

    /// Fails with a message that names both lengths.
    private func failure(_ length: Int = 3) -> Tensor { Tensor.ones([2]) + Tensor.ones([length]) }

    @Test func `the first failure is thrown with its operation and lengths`() throws {
        let error = try #require(throws: TorchError.self) {
            try withTorchErrors {
                let sum = failure()
                let product = sum.matmul(sum)
                return product.reshaped([77]).exp()
            }
        }
        #expect(error.operation == "aten::add.Tensor")
        #expect(error.message.contains("(2)") && error.message.contains("(3)"))
        #expect(!error.message.contains("C++"))
        #expect(error.description.hasPrefix("aten::add.Tensor failed: "))
    }

    @Test func `a failed operation wins over the error that it leads to`() {
        #expect(throws: TorchError.self) {
            try withTorchErrors {
                _ = failure()
                throw Interruption()
            }
        }
    }

    @Test func `an error of the body alone is thrown as it is`() {
        #expect(throws: Interruption.self) { try withTorchErrors { throw Interruption() } }
    }

    @Test func `an inner scope takes its own failures only`() throws {
        let error = try #require(throws: TorchError.self) {
            try withTorchErrors {
                let inner = #expect(throws: TorchError.self) {
                    try withTorchErrors { _ = failure(5) }
                }
                #expect(inner?.message.contains("(5)") == true)
                _ = failure(7)
            }
        }
        #expect(error.message.contains("(7)"))
        // A scope whose inner scope failed has not failed itself.
        let sum = try withTorchErrors {
            _ = try? withTorchErrors { failure() }
            return Tensor.ones([2]).sum().item()
        }
        #expect(sum == 2)
    }

    @Test func `a result outlives its scope`() throws {
        #expect(try withTorchErrors { Tensor.ones([3]) }.array() == [1, 1, 1])
    }

    @Test(arguments: BadCall.allCases)
    func `a call that cannot be is an error`(_ bad: BadCall) {
        #expect(throws: TorchError.self) { try withTorchErrors { try bad.run() } }
    }

    @Test func `threads have scopes of their own`() {
        let wrongCount = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 64) { thread in
            for _ in 0..<20 {
                let length = 3 + thread
                do {
                    try withTorchErrors { _ = Tensor.ones([2]) + Tensor.ones([length]) }
                    wrongCount.withLock { $0 += 1 }
                } catch let error as TorchError where error.message.contains("(\(length))") {
                } catch {
                    wrongCount.withLock { $0 += 1 }
                }
                let sum = try? withTorchErrors { Tensor.ones([length]).sum().item() }
                if sum != Double(length) { wrongCount.withLock { $0 += 1 } }
            }
        }
        #expect(wrongCount.withLock { $0 } == 0)
    }

    @Test func `an actor's scopes work whichever thread runs it`() async throws {
        actor Adder {
            func sum(_ length: Int) throws -> Double {
                try withTorchErrors { (Tensor.ones([2]) + Tensor.ones([length])).sum().item() }
            }
        }
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    let adder = Adder()
                    for _ in 0..<20 {
                        await #expect(throws: TorchError.self) { try await adder.sum(3) }
                        await Task.yield()
                        let sum = try await adder.sum(2)
                        #expect(sum == 4)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Calls that libtorch or the shim must refuse.
    enum BadCall: CaseIterable {
        case axisOfSize, axisOfSlice, stepOfSlice, index, reshape, negativeLength, hugeLength
        case expand, permute, squeeze, gather, emptyConcatenation, failedConcatenation, failedStack
        case chunk, item, itemOfNothing, fillTooMuch, fillTooLittle, multiply, failedGradient
        case failedState, copyMisshapen, channelsLastOfVector, pad, arangeNegative

        func run() throws {
            let tensor = Tensor.ones([2, 3])
            let failed = tensor.matmul(tensor)
            switch self {
            case .axisOfSize: _ = tensor.size(2)
            case .axisOfSlice: _ = tensor.sliced(2, from: 0, to: 1)
            case .stepOfSlice: _ = tensor.sliced(0, step: 0)
            case .index: _ = tensor.selected(0, 2)
            case .reshape: _ = tensor.reshaped([4])
            case .negativeLength: _ = Tensor.zeros([-1])
            case .hugeLength: _ = Tensor.zeros([1 << 40, 1 << 40])
            case .expand: _ = tensor.expanded([2, 4])
            case .permute: _ = tensor.permuted([0, 0])
            case .squeeze: _ = tensor.squeezed(5)
            case .gather: _ = tensor.gathered(0, at: Tensor([2], [1]))
            case .emptyConcatenation: _ = Tensor.concatenated([], axis: 0)
            case .failedConcatenation: _ = Tensor.concatenated([tensor, failed], axis: 0)
            case .failedStack: _ = Tensor.stacked([failed, tensor])
            case .chunk: _ = tensor.chunked(0, axis: 0)
            case .item: _ = tensor.item()
            case .itemOfNothing: _ = Tensor.zeros([0]).item()
            case .fillTooMuch: _ = Tensor([1, 2, 3], [2])
            case .fillTooLittle: _ = Tensor([1, 2, 3], [2, 2])
            case .multiply: _ = failed
            case .failedGradient: failed.requiresGrad = true
            case .failedState: Generator(seed: 0).state = failed
            case .copyMisshapen: tensor.copy(from: Tensor.ones([7]))
            case .channelsLastOfVector: _ = tensor.contiguous(.channelsLast)
            case .pad: _ = tensor.padded([1])
            case .arangeNegative: _ = Tensor.arange(-1)
            }
        }
    }
}
