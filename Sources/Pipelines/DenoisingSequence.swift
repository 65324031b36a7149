import Layers
import Models
import Schedulers
public import Tensors

/// The states of one image on its way from noise to data, one network evaluation each.
///
/// Latents are in float32 whatever the network's dtype, because the steps add up. Every iteration
/// starts anew from the seed. Iterate within `withTorchErrors`, which has the errors of all steps.
public struct DenoisingSequence: Sequence {
    let predictor: NoisePredictor
    let scheduler: any Scheduler
    let seed: UInt64
    /// `[1, C, h, w]`.
    let latentShape: [Int]
    let device: Device
    /// Steps that are left out at the noisy end.
    var skippedStepCount = 0
    /// Makes the first latents.
    var start: (any Scheduler, NoiseSource) -> DenoisingStart = DenoisingStart.noise

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
    public var stepCount: Int {
        Swift.max(0, scheduler.timesteps.count - skippedStepCount * scheduler.order)
    }

    /// Draws the first noise.
    public func makeIterator() -> Iterator { Iterator(self) }

    /// The loop over the timesteps.
    public struct Iterator: IteratorProtocol {
        private let run: DenoisingSequence
        private let start: DenoisingStart
        private let noise: NoiseSource
        private var scheduler: any Scheduler
        private var latents: Tensor
        private var step = 0

        init(_ run: DenoisingSequence) {
            self.run = run
            scheduler = run.scheduler
            scheduler.stepIndex = run.skippedStepCount * scheduler.order
            noise = NoiseSource(seed: run.seed, shape: run.latentShape, device: run.device)
            start = run.start(scheduler, noise)
            latents = start.latents
        }

        /// Takes one step; nil after the last.
        public mutating func next() -> State? {
            guard step < run.stepCount else { return nil }
            let timestep = scheduler.timesteps[scheduler.stepIndex]
            var input = scheduler.scaleModelInput(latents, timestep: timestep)
            if let channels = start.addedChannels {
                input = Tensor.concatenated([input, channels], axis: 1)
            }
            let output = run.predictor(input, timestep: timestep)
            latents = scheduler.step(
                modelOutput: output,
                timestep: timestep,
                sample: latents,
                noise: noise.draw
            )
            step += 1
            if let kept = start.kept {
                latents = kept.applied(
                    to: latents,
                    progress: Double(step) / Double(run.stepCount),
                    scheduler
                )
            }
            return State(step: step, timestep: timestep, latents: latents)
        }
    }
}

@available(*, unavailable)
extension DenoisingSequence: Sendable {}
