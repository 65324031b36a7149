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

    /// One optimizer step down the gradient of the scalar that `loss` computes in mixed precision.
    ///
    /// - Parameters:
    ///   - device: where the parameters are.
    ///   - loss: computes the scalar from the parameters.
    /// - Returns: the loss and the norm of its gradient before clipping.
    /// - Throws: `TorchError`, or what `loss` throws.
    public func advance(
        on device: Device = .cpu,
        _ loss: () throws -> Tensor
    ) throws -> (loss: Double, gradientNorm: Double) {
        try withTorchErrors {
            let dtype = DType(name: configuration.dtype) ?? .float32
            let value = try withAutocast(dtype, on: device) { try loss() }
            value.backward()
            let norm = optimizer.step(step)
            average.update(after: step)
            step += 1
            return (value.item(), norm)
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

    /// Writes everything to one file, atomically.
    public func save(to path: String) throws {
        try withTorchErrors {
            try Safetensors.write(
                tensors,
                metadata: ["step": String(step), "format": "skiagraph-training-state"],
                to: path
            )
        }
    }

    /// Continues from a file that `save` wrote for the same parameters.
    ///
    /// - Throws: `SafetensorsError` for a damaged file, `WeightError` for one of another model.
    public func load(from path: String) throws {
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
