import Schedulers
import Tensors

/// The first latents of a run, and what it keeps of a picture.
struct DenoisingStart {
    /// `[1, C, h, w]`, as noisy as the first step expects them.
    let latents: Tensor
    /// What every step leaves as the picture has it; nil to change everything.
    var kept: KeptLatents?
    /// What the network is shown beside the latents, `[1, C', h, w]`; nil for nothing.
    var addedChannels: Tensor?

    /// Begins with noise alone.
    static func noise(_ scheduler: any Scheduler, _ noise: NoiseSource) -> DenoisingStart {
        DenoisingStart(latents: noise.draw() * scheduler.initialNoiseSigma)
    }
}

/// A picture's latents that a run puts back after every step, as noisy as the next one expects them.
struct KeptLatents {
    /// The picture, `[1, C, h, w]`.
    let original: Tensor
    /// The noise it is put back with, `[1, C, h, w]`.
    let noise: Tensor
    /// Where the picture may change.
    let change: ChangeMap

    /// Latents after a step with the picture put back.
    ///
    /// - Parameters:
    ///   - latents: `[1, C, h, w]`.
    ///   - progress: the finished part of the run, above 0, at most 1.
    ///   - scheduler: after the step.
    /// - Returns: `[1, C, h, w]`.
    func applied(to latents: Tensor, progress: Double, _ scheduler: any Scheduler) -> Tensor {
        let isLast = scheduler.stepIndex >= scheduler.timesteps.count
        let known =
            isLast
            ? original
            : scheduler.addNoise(
                to: original,
                noise: noise,
                timestep: scheduler.timesteps[scheduler.stepIndex]
            )
        let mask = change.mask(at: progress).to(latents.device)
        return (1 - mask) * known + mask * latents
    }
}

/// How much each latent position of a picture may change, from 0 for not at all to 1 for freely.
///
/// Between, a position is held to the picture for that part of the steps by which the number is below
/// 1, and then released (Levin and Fried, "Differential Diffusion", arXiv:2306.00950).
struct ChangeMap: Sendable {
    let width: Int
    let height: Int
    /// Row by row, 0 to 1.
    let values: [Float]

    init(width: Int, height: Int, values: [Float]) {
        self.width = width
        self.height = height
        self.values = values
    }

    /// 1 where a position is released, `[1, 1, h, w]`.
    func mask(at progress: Double) -> Tensor {
        let threshold = Float(1 - progress)
        return Tensor(values.map { $0 > threshold ? 1 : 0 }, [1, 1, height, width])
    }

    /// 1 where a position may change at all, `[1, 1, h, w]`.
    var whole: Tensor { mask(at: 1) }
}
