public import Layers
public import Tensors
import Foundation

/// All that changes during a run: parameters, optimizer, average and the number of steps done.
///
/// Randomness is no part of it: each step draws from a generator seeded by run and step, so that a resumed run
/// continues bit for bit.
public final class TrainingState {
    /// Steps done.
    public private(set) var step = 0
    private let parameters: [Parameter]
    private let configuration: OptimizationConfiguration
    private let optimizer: AdamW
    private let average: ExponentialMovingAverage

    /// Begins a run of these parameters, which become trainable float32 tensors.
    public init(_ parameters: [Parameter], _ configuration: OptimizationConfiguration) {
        self.parameters = parameters
        self.configuration = configuration
        for parameter in parameters {
            let value = parameter.value.to(.float32)
            parameter.value =
                value.dimensionCount == 4 ? value.contiguous(.channelsLast) : value.cloned()
            parameter.value.requiresGrad = true
        }
        optimizer = AdamW(parameters, configuration)
        average = ExponentialMovingAverage(parameters, decay: configuration.emaDecay)
    }

    /// The generator of the step to come.
    public func generator() -> Generator {
        Generator(seed: configuration.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(step))
    }

    /// One optimizer step down the mean gradient of the scalars that `loss` computes in mixed precision.
    ///
    /// - Parameters:
    ///   - device: where the parameters are.
    ///   - loss: computes the scalar from the parameters; called once for each accumulated batch.
    /// - Returns: the mean loss and the norm of its gradient before clipping.
    /// - Throws: `TorchError`, `TrainingError.notFinite` before anything has changed, or what `loss` throws.
    public func advance(
        on device: Device = .cpu,
        _ loss: () throws -> Tensor
    ) throws -> (loss: Double, gradientNorm: Double) {
        try withTorchErrors {
            let dtype = DType(name: configuration.dtype) ?? .float32
            let share = 1 / Double(configuration.accumulationCount)
            var mean = 0.0
            for _ in 0..<configuration.accumulationCount {
                let value = try withAutocast(dtype, on: device) { try loss() }
                (share == 1 ? value : value * share).backward()
                mean += value.item() * share
            }
            let norm = optimizer.gradientNorm()
            guard mean.isFinite, norm.isFinite else {
                optimizer.clearGradients()
                throw TrainingError.notFinite(
                    step: step,
                    loss: mean,
                    gradientNorm: norm,
                    images: []
                )
            }
            optimizer.step(step, gradientNorm: norm)
            average.update(after: step)
            step += 1
            return (mean, norm)
        }
    }

    /// Runs `body` with the averaged weights in the model.
    public func withAveragedWeights<Result>(_ body: () throws -> Result) rethrows -> Result {
        try withoutGradients { try average.withAverages(body) }
    }

    /// The averaged weights by name.
    public var averagedWeights: [NamedTensor] {
        zip(parameters, average.averages).map { ($0.name, $1) }
    }

    /// Writes everything to one file, atomically, and `metadata` with it.
    public func save(to path: String, metadata: [String: String] = [:]) throws {
        let own = ["step": String(step), "format": "skiagraph-training-state"]
        try withTorchErrors {
            try Safetensors.write(
                tensors,
                metadata: metadata.merging(own) { _, own in own },
                to: path
            )
        }
    }

    /// Continues from a file that `save` wrote for the same parameters.
    ///
    /// - Returns: the metadata stored with it.
    /// - Throws: `SafetensorsError` for a damaged file, `WeightError` for one of another model.
    @discardableResult
    public func load(from path: String) throws -> [String: String] {
        let file = try SafetensorsFile(path: path)
        try withTorchErrors {
            try withoutGradients {
                for (name, tensor) in tensors {
                    guard let shape = file.shape(of: name) else {
                        throw WeightError.missing(key: name, shape: tensor.shape, file: path)
                    }
                    guard shape == tensor.shape else {
                        throw WeightError.misshapen(
                            key: name,
                            found: shape,
                            expected: tensor.shape,
                            file: path
                        )
                    }
                    tensor.copy(from: try file.tensor(named: name))
                }
            }
        }
        step = file.metadata["step"].flatMap(Int.init) ?? 0
        return file.metadata
    }

    private var tensors: [(name: String, tensor: Tensor)] {
        parameters.indices.flatMap { index in
            let name = parameters[index].name
            return [
                ("model." + name, parameters[index].value.detached()),
                ("ema." + name, average.averages[index]),
                ("adam.first." + name, optimizer.firstMoments[index]),
                ("adam.second." + name, optimizer.secondMoments[index]),
            ]
        }
    }
}

@available(*, unavailable)
extension TrainingState: Sendable {}
