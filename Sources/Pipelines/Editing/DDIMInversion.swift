import Foundation
import Schedulers
import Tensors

/// Finds the noise from which DDIM makes a picture.
///
/// DDIM's steps are taken backwards (Song et al., arXiv:2010.02502, section 4.3). A step backwards needs
/// the network's output at its own end, which is found by iterating to a fixed point (Pan et al., AIDI,
/// ICCV 2023).
struct DDIMInversion {
    private static let iterationCount = 3

    let predictor: NoisePredictor
    let configuration: SchedulerConfiguration

    /// Walks back from a picture to the noisy sample that a scheduler's next step takes.
    ///
    /// - Parameters:
    ///   - original: clean latents, `[1, C, h, w]`.
    ///   - scheduler: DDIM, at the step to reach.
    /// - Returns: the noisy sample, with the picture.
    func invert(_ original: Tensor, by scheduler: any Scheduler) -> InvertedLatents {
        let type = configuration.predictionType ?? .epsilon
        var level = NoiseLevel(signal: 1, noise: 0)
        if !(configuration.setsAlphaToOne ?? true), let schedule = try? NoiseSchedule(configuration)
        {
            level = schedule.level(at: 0)
        }
        var sample = original
        for timestep in scheduler.timesteps[scheduler.stepIndex...].reversed() {
            let next = scheduler.noiseLevel(at: timestep)
            var noisier = sample
            for _ in 0..<Self.iterationCount {
                let output = predictor(noisier, timestep: timestep)
                let gaussian = next.gaussian(from: output, sample: noisier, type: type)
                let clean = (sample - level.noise * gaussian) / level.signal
                noisier = next.mix(clean, gaussian)
            }
            (sample, level) = (noisier, next)
        }
        return InvertedLatents(sample: sample, original: original, level: level)
    }
}

/// The noisy sample from which a picture comes, and that picture.
struct InvertedLatents {
    /// `[1, C, h, w]`.
    let sample: Tensor
    /// Clean, `[1, C, h, w]`.
    let original: Tensor
    let level: NoiseLevel

    /// The sample with its noise turned towards another: 0 leaves it, π/2 replaces it.
    ///
    /// Two independent Gaussians turned in their plane stay Gaussian.
    func turned(towards noise: Tensor, by angle: Double) -> Tensor {
        let own = (sample - level.signal * original) / level.noise
        return level.mix(original, cos(angle) * own + sin(angle) * noise)
    }
}

extension PipelineConfiguration {
    /// DDIM without noise and without clipping, whose steps can be taken backwards.
    func makeInvertibleScheduler(_ request: TextToImageRequest) throws(SchedulerError)
        -> any Scheduler
    {
        try Schedulers.makeScheduler(
            kind: .ddim,
            configuration: invertibleSchedule,
            inferenceStepCount: request.inferenceStepCount
        )
    }

    private var invertibleSchedule: SchedulerConfiguration {
        var configuration = scheduler
        configuration.clipsSample = false
        return configuration
    }
}
