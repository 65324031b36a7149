import Schedulers
import TestSupport
import Tensors
import Testing

@testable import Training

/// Against the values of diffusers' `DDPMScheduler` with the schedule of Stable Diffusion, rescaled to zero terminal SNR.
struct DiffusionObjectiveTests {
    private let goldens: GoldenTensors
    private let timesteps: [Int]

    init() throws {
        goldens = try Goldens.tensors("noise-schedules.safetensors")
        timesteps = try goldens["timesteps"].integers().map { Int($0) }
    }

    private func objective(
        _ type: PredictionType,
        gamma: Double,
        noiseOffset: Double = 0
    ) throws -> DiffusionObjective {
        var noise = DiffusionTraining.noise
        noise.predictionType = type
        var settings = DiffusionSettings()
        settings.minSNRGamma = gamma
        settings.noiseOffset = noiseOffset
        return try DiffusionObjective(noise, settings)
    }

    /// The losses of a network that answers with its input.
    private func losses(_ objective: DiffusionObjective) throws -> Tensor {
        try withTorchErrors {
            objective.losses(
                try goldens["clean"],
                noise: try goldens["noise"],
                timesteps: timesteps
            ) { $0 }
        }
    }

    private func meanSquare(_ tensor: Tensor) -> Tensor { tensor.squared().mean([1, 2, 3]) }

    @Test func `without weights the loss is the mean square of the error`() throws {
        let noisy = try goldens["zero-snr.noisy"]
        try expectClose(
            losses(objective(.epsilon, gamma: 0)),
            meanSquare(noisy - goldens["noise"]),
            rtol: 1e-4
        )
        try expectClose(
            losses(objective(.vPrediction, gamma: 0)),
            meanSquare(noisy - goldens["zero-snr.velocity"]),
            rtol: 1e-4
        )
        try expectClose(
            losses(objective(.sample, gamma: 0)),
            meanSquare(noisy - goldens["clean"]),
            rtol: 1e-4
        )
    }

    @Test(arguments: [PredictionType.epsilon, .vPrediction])
    func `weights are min-SNR's, and a velocity's reach one in pure noise`(_ type: PredictionType)
        throws
    {
        // min(snr, gamma) / snr as in diffusers' training scripts, where a velocity has snr + 1 for snr.
        let ratios = try goldens["zero-snr.snr"].array().map(Double.init)
        let objective = try objective(type, gamma: 5)
        for (timestep, ratio) in zip(timesteps, ratios) {
            let own = type == .epsilon ? ratio : ratio + 1
            let expected = own > 0 ? min(own, 5) / own : 1
            #expect(abs(objective.weight(at: timestep) / expected - 1) < 1e-3, "at \(timestep)")
        }
        #expect(objective.weight(at: 999) == 1)
        let weighted = try losses(objective).array()
        let plain = try losses(self.objective(type, gamma: 0)).array()
        for (index, timestep) in timesteps.enumerated() {
            let expected = Double(plain[index]) * objective.weight(at: timestep)
            #expect(abs(Double(weighted[index]) - expected) <= 1e-5 * abs(expected) + 1e-9)
        }
    }

    @Test func `timesteps cover the range, one in each part of it`() throws {
        let objective = try objective(.epsilon, gamma: 5)
        #expect(objective.timesteps(4) { 0 } == [0, 250, 500, 750])
        #expect(objective.timesteps(4) { 0.999_999 } == [249, 499, 749, 999])
        #expect(objective.timesteps(1) { 1 } == [999])
    }

    @Test func `offset noise has one more variance that all positions of a channel share`() throws {
        let shape = [256, 4, 8, 8]
        let plain = try objective(.epsilon, gamma: 0).noise(shape, generator: Generator(seed: 4))
        let offset = try objective(.epsilon, gamma: 0, noiseOffset: 0.5)
            .noise(shape, generator: Generator(seed: 4))
        let added = offset - plain
        let means = added.mean([2, 3])
        try expectClose(added, means.unsqueezed(-1).unsqueezed(-1).expanded(shape), atol: 1e-5)
        let variance = means.squared().mean().item()
        // 1024 draws of variance 0.25: standard error 0.011.
        #expect(abs(variance - 0.25) < 0.05)
    }
}
