import Layers
import Models
import Schedulers
public import Tensors

/// The states of one image on its way from noise to data, one network evaluation each.
///
/// Latents are in float32 whatever the network's dtype, because the steps add up. Every iteration
/// starts anew from the seed. Iterate within `withTorchErrors`, which has the errors of all steps.
public struct DenoisingSequence: Sequence {
    let unet: UNet2DConditionModel
    let conditioning: Conditioning
    let scheduler: any Scheduler
    let guidanceScale: Double
    let seed: UInt64
    /// `[1, C, h, w]`.
    let latentShape: [Int]
    let dtype: DType
    let device: Device

    /// The latents after a step.
    public struct State {
        /// Finished network evaluations, from 1.
        public let step: Int
        /// The timestep that the network was evaluated at.
        public let timestep: Double
        /// `[1, C, h, w]`, scaled as the UNet sees them.
        public let latents: Tensor
    }

    /// The number of states.
    public var stepCount: Int { scheduler.timesteps.count }

    /// Draws the first noise.
    public func makeIterator() -> Iterator { Iterator(self) }

    /// The loop over the timesteps.
    public struct Iterator: IteratorProtocol {
        private let run: DenoisingSequence
        private var scheduler: any Scheduler
        private let generator: Tensors.Generator
        private var latents: Tensor
        private var index = 0

        init(_ run: DenoisingSequence) {
            self.run = run
            scheduler = run.scheduler
            generator = Tensors.Generator(seed: run.seed)
            let noise = Tensor.randn(run.latentShape, generator: generator, device: run.device)
            latents = noise * scheduler.initialNoiseSigma
        }

        /// Takes one step; nil after the last.
        public mutating func next() -> State? {
            guard index < scheduler.timesteps.count else { return nil }
            let timestep = scheduler.timesteps[index]
            let input = scheduler.scaleModelInput(latents, timestep: timestep)
            let output = predict(input, timestep: timestep)
            let (run, generator) = (run, generator)
            latents = scheduler.step(
                modelOutput: output,
                timestep: timestep,
                sample: latents,
                noise: {
                    .randn(run.latentShape, generator: generator, device: run.device)
                }
            )
            index += 1
            return State(step: index, timestep: timestep, latents: latents)
        }

        /// The network's output, guided away from that of the negative prompt (Ho and Salimans,
        /// arXiv:2207.12598).
        private func predict(_ input: Tensor, timestep: Double) -> Tensor {
            let context = run.conditioning.context
            let isGuided = run.conditioning.isGuided
            let batch = isGuided ? Tensor.concatenated([input, input], axis: 0) : input
            let output = run.unet(
                batch.to(run.dtype),
                timestep: Tensor(timestep),
                context: context
            ).to(.float32)
            guard isGuided else { return output }
            let parts = output.chunked(2, axis: 0)
            let (negative, positive) = (parts[0], parts[1])
            return negative + run.guidanceScale * (positive - negative)
        }
    }
}

@available(*, unavailable)
extension DenoisingSequence: Sendable {}
