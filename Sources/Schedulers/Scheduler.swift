public import Tensors

/// One sampling run: it walks `timesteps` in order and turns noise into data, one `step` at a time.
///
/// Schedulers are values: a copy is an independent run in the same state. The loop of a caller is
///
/// ```swift
/// for timestep in scheduler.timesteps {
///     let input = scheduler.scaleModelInput(sample, timestep: timestep)
///     let output = network(input, timestep)
///     sample = scheduler.step(
///         modelOutput: output, timestep: timestep, sample: sample, noise: { unitGaussian() })
/// }
/// ```
///
/// Keep `sample` in float32, as the coefficients are; a network output of lower precision is
/// promoted.
public protocol Scheduler {
    /// The network's timesteps in order of use; a fractional one lies between two of training.
    var timesteps: [Double] { get }
    /// The steps that were asked for; there may be more network evaluations, see `timesteps`.
    var inferenceStepCount: Int { get }
    /// Network evaluations per step, 2 for Heun's method.
    var order: Int { get }
    /// The standard deviation of the first sample.
    var initialNoiseSigma: Double { get }
    /// The element of `timesteps` that the next step takes; set it before the first step, to a
    /// multiple of `order`, to start in the middle.
    var stepIndex: Int { get set }

    /// How much data and how much noise a sample holds when the network sees it at `timestep`.
    func noiseLevel(at timestep: Double) -> NoiseLevel

    /// The network's input for `sample`, of the same shape.
    func scaleModelInput(_ sample: Tensor, timestep: Double) -> Tensor

    /// Moves a noisy sample one step towards the data.
    ///
    /// - Parameters:
    ///   - modelOutput: the network's prediction, `[N, C, H, W]`.
    ///   - timestep: the element of `timesteps` at `stepIndex`.
    ///   - sample: the current sample, `[N, C, H, W]`.
    ///   - noise: draws unit Gaussians `[N, C, H, W]`; called at most once, by stochastic
    ///     schedulers only, so that each image can draw from its own generator.
    /// - Returns: the next sample, `[N, C, H, W]`.
    mutating func step(
        modelOutput: Tensor,
        timestep: Double,
        sample: Tensor,
        noise: () -> Tensor
    ) -> Tensor
}

extension Scheduler {
    /// Network evaluations per step: one.
    public var order: Int { 1 }

    /// The network's input: the sample itself.
    public func scaleModelInput(_ sample: Tensor, timestep: Double) -> Tensor { sample }

    /// Makes a sample as it is before the step at `timestep` from clean data.
    ///
    /// - Parameters:
    ///   - original: clean data, any shape.
    ///   - noise: unit Gaussians of that shape.
    ///   - timestep: an element of `timesteps`.
    /// - Returns: the noisy sample, of the same shape.
    public func addNoise(to original: Tensor, noise: Tensor, timestep: Double) -> Tensor {
        noiseLevel(at: timestep).mix(original, noise)
    }

    /// Where a timestep first occurs; one that does not occur is a mistake in the caller's loop.
    func index(of timestep: Double) -> Int {
        guard let index = timesteps.firstIndex(of: timestep) else {
            preconditionFailure("\(timestep) is not one of the run's timesteps")
        }
        return index
    }

    /// Takes note of one step; a timestep out of order is a mistake in the caller's loop.
    mutating func advance(past timestep: Double) {
        precondition(
            stepIndex < timesteps.count && timesteps[stepIndex] == timestep,
            "step \(stepIndex) was called with timestep \(timestep), which is not next in timesteps"
        )
        stepIndex += 1
    }
}
