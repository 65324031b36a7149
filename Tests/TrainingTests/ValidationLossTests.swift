import Foundation
import Layers
import Models
import Schedulers
import TestSupport
import Tensors
import Testing

@testable import Training

struct ValidationLossTests {
    private let samples: SampleImages
    private let base: ModelFolder
    private let set: LatentImages

    init() throws {
        samples = try SampleImages()
        base = try ModelFolder(path: Goldens.model("tiny-radiograph").path)
        let paths = try samples.noise(3, side: 64, seed: 1)
        set = LatentImages(
            images: paths.map { path in
                LabelledImage(
                    path: path,
                    set: "noise",
                    modality: "XR",
                    anatomy: "hand",
                    prompt: "An X-ray of the hand"
                )
            },
            latents: try LatentCache(
                samples.images(paths, side: 64),
                autoencoder: base.loadAutoencoder(),
                key: "vae",
                path: samples.folder + "/latents.safetensors"
            ),
            sampler: BalancedSampler(classes: ["x", "x", "x"])
        )
    }

    private func training(recomputes: Bool = false) throws -> DiffusionTraining {
        var fineTuning = FineTuning.lowRank
        fineTuning.settings.optimization.dtype = "float32"
        fineTuning.settings.optimization.warmupStepCount = 0
        fineTuning.settings.optimization.learningRate = 0.05
        fineTuning.settings.minSNRGamma = 0
        fineTuning.settings.recomputesActivations = recomputes
        return try DiffusionTraining(fineTuning, base: base)
    }

    private var settings: ValidationSettings {
        var settings = ValidationSettings()
        settings.lossImageCount = 3
        settings.seed = 11
        return settings
    }

    /// The mean square of the UNet's error at timesteps 166, 500 and 833, each image with its own noise.
    @Test func `the loss is that of fixed noise and timesteps`() throws {
        let training = try training()
        let found = try training.validationLoss(on: set, settings)
        let schedule = try NoiseSchedule(
            SchedulerConfiguration(contentsOf: URL(filePath: base.schedulerConfigurationPath()))
        )
        let (unet, textEncoder) = (try base.loadUNet(), try base.loadTextEncoder())
        let tokens = try base.loadTokenizer().encode("An X-ray of the hand").ids
        let losses = try withTorchErrors {
            try withoutGradients {
                let states = textEncoder(Tensor(tokens, [1, tokens.count]))
                return try [166, 500, 833].enumerated().map { index, timestep in
                    let latents = try set.latents.batch([(index, false)])
                    let noise = Tensor.randn(
                        latents.shape,
                        generator: Generator(seed: 11 + UInt64(index))
                    )
                    let output = unet(
                        schedule.addNoise(to: latents, noise: noise, timesteps: [timestep]),
                        timestep: Tensor([timestep], [1]),
                        context: CrossAttentionContext(states)
                    )
                    let target = schedule.velocity(
                        of: latents,
                        noise: noise,
                        timesteps: [timestep]
                    )
                    return (output - target).squared().mean().item()
                }
            }
        }
        let expected = losses.reduce(0, +) / 3
        // The text's states are kept in float16.
        #expect(abs(found / expected - 1) < 2e-3, "\(found), expected \(expected)")
    }

    @Test func `only the averaged weights change it`() throws {
        let training = try training()
        let first = try training.validationLoss(on: set, settings)
        #expect(try training.validationLoss(on: set, settings) == first)
        _ = try training.step(LatentSet([set]))
        let second = try training.validationLoss(on: set, settings)
        #expect(second != first)
        #expect(second.isFinite)
    }

    @Test func `steps are the same where activations are recomputed`() throws {
        func weights(recomputes: Bool) throws -> [[Float]] {
            let training = try training(recomputes: recomputes)
            for _ in 0..<3 { _ = try training.step(LatentSet([set])) }
            return try training.state.averagedWeights.map { try $0.tensor.array() }
        }
        let (plain, recomputed) = (try weights(recomputes: false), try weights(recomputes: true))
        #expect(plain.count == recomputed.count)
        for (first, second) in zip(plain, recomputed) {
            // AdamW divides by tiny second moments at first: rounding shows in the last digits.
            for (a, b) in zip(first, second) { #expect(abs(a - b) < 1e-3) }
        }
    }
}
