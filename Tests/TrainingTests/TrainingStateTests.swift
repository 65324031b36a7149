import Foundation
import Layers
import Tensors
import Testing

@testable import Training

struct TrainingStateTests {
    @Test
    func `a run killed and resumed from its checkpoint ends bit for bit as an uninterrupted one`()
        throws
    {
        let path = NSTemporaryDirectory() + "training-state-\(UUID()).safetensors"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let whole = try Regression()
        for _ in 0..<9 { try whole.step() }
        let first = try Regression()
        for _ in 0..<4 { try first.step() }
        try first.state.save(to: path)
        for _ in 0..<2 { try first.step() }  // lost with the process
        let second = try Regression()
        try second.state.load(from: path)
        #expect(second.state.step == 4)
        for _ in 0..<5 { try second.step() }
        let (resumed, uninterrupted) = (try second.weights(), try whole.weights())
        #expect(resumed == uninterrupted)
    }

    @Test func `training lowers the loss and averages the weights`() throws {
        let run = try Regression()
        let first = try run.step()
        var last = first
        for _ in 0..<60 { last = try run.step() }
        #expect(last < first / 4)
        let averaged = try run.state.averagedWeights[0].tensor.array()
        let trained = try run.layer.weight.value.array()
        #expect(averaged != trained)
        let within = try run.state.withAveragedWeights { try run.layer.weight.value.array() }
        #expect(within == averaged)
        let after = try run.layer.weight.value.array()
        #expect(after == trained)
    }

    @Test func `a checkpoint of another model is refused by the tensor's name`() throws {
        let path = NSTemporaryDirectory() + "training-state-\(UUID()).safetensors"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Safetensors.write([("model.weight", Tensor.zeros([2, 2]))], to: path)
        let run = try Regression()
        #expect {
            try run.state.load(from: path)
        } throws: { error in
            "\(error)".contains("model.weight") && "\(error)".contains("[2, 2]")
        }
    }

    @Test func `the learning rate warms up, peaks and falls along a cosine`() {
        var configuration = OptimizationConfiguration()
        configuration.learningRate = 1
        configuration.warmupStepCount = 10
        configuration.stepCount = 110
        configuration.finalLearningRateShare = 0.1
        #expect(configuration.learningRate(at: 0) == 0.1)
        #expect(configuration.learningRate(at: 9) == 1)
        #expect(abs(configuration.learningRate(at: 60) - 0.55) < 1e-12)
        #expect(abs(configuration.learningRate(at: 110) - 0.1) < 1e-12)
    }

    @Test func `AdamW takes the steps that PyTorch's takes`() throws {
        // torch.optim.AdamW(lr=0.1, betas=(0.9, 0.99), weight_decay=0.01) on w = [1, -2], loss = (w * w).sum(),
        // after three steps.
        var configuration = OptimizationConfiguration()
        configuration.learningRate = 0.1
        configuration.warmupStepCount = 0
        configuration.finalLearningRateShare = 1
        configuration.maxGradientNorm = 1e9
        configuration.dtype = "float32"
        let source = ParameterSource { _, _, _ in Tensor([1, -2] as [Float], [2]) }
        let parameter = try ParameterPath(source).parameter("w", [2], .zeros)
        let state = TrainingState([parameter], configuration)
        for _ in 0..<3 { _ = try state.advance { parameter.value.squared().sum() } }
        let expected: [Float] = [0.6988211, -1.6949006]
        for (found, wanted) in zip(try parameter.value.array(), expected) {
            #expect(abs(found - wanted) < 1e-6)
        }
    }

    @Test func `batches that are accumulated move the weights as one large batch`() throws {
        func weights(_ accumulationCount: Int) throws -> [Float] {
            var configuration = OptimizationConfiguration()
            configuration.accumulationCount = accumulationCount
            configuration.dtype = "float32"
            let source = ParameterSource.random(seed: 5)
            let layer = try Linear(3, 2, at: ParameterPath(source))
            let state = TrainingState(source.parameters, configuration)
            for _ in 0..<3 {
                let input = Tensor.randn([12, 3], generator: state.generator())
                var parts = input.chunked(accumulationCount, axis: 0)[...]
                _ = try state.advance { layer(parts.removeFirst()).squared().mean() }
            }
            return try layer.weight.value.array()
        }
        for (one, three) in zip(try weights(1), try weights(3)) { #expect(abs(one - three) < 1e-6) }
    }

    @Test func `a loss that is no number changes nothing and is told with its step`() throws {
        let run = try Regression()
        try run.step()
        let before = try run.weights()
        #expect {
            try run.state.advance { run.layer.weight.value.sum() * .nan }
        } throws: { error in
            guard case TrainingError.notFinite(1, let loss, _, []) = error else { return false }
            return loss.isNaN
        }
        #expect(try run.weights() == before)
        #expect(run.state.step == 1)
        let next = try run.step()
        #expect(next.isFinite, "gradients of the failed step are gone")
    }
}

/// Fits a linear map to noise-free data.
private struct Regression {
    let layer: Linear
    let state: TrainingState

    init() throws {
        var configuration = OptimizationConfiguration()
        configuration.learningRate = 0.05
        configuration.warmupStepCount = 2
        configuration.stepCount = 200
        configuration.dtype = "float32"
        let source = ParameterSource.random(seed: 3)
        layer = try Linear(4, 2, at: ParameterPath(source))
        state = TrainingState(source.parameters, configuration)
    }

    @discardableResult func step() throws -> Double {
        let input = Tensor.randn([16, 4], generator: state.generator())
        let target = input.sliced(1, to: 2) * 3
        return try state.advance { (layer(input) - target).squared().mean() }.loss
    }

    func weights() throws -> [Float] {
        try layer.weight.value.array() + (layer.bias?.value.array() ?? [])
            + state.averagedWeights.flatMap { try $0.tensor.array() }
    }
}
