import Foundation
import Models
import TestSupport
import Tensors
import Testing

@testable import Training

struct LatentCacheTests {
    private let samples: SampleImages
    private let images: TrainingImages
    private let autoencoder: AutoencoderKL
    private var path: String { samples.folder + "/latents.safetensors" }

    init() throws {
        samples = try SampleImages()
        images = try samples.images(samples.noise(3, side: 64, seed: 1), side: 64)
        autoencoder = try ModelFolder(path: Goldens.model("tiny-radiograph").path)
            .loadAutoencoder()
    }

    private func cache(key: String = "key", _ other: TrainingImages? = nil) throws -> LatentCache {
        try LatentCache(other ?? images, autoencoder: autoencoder, key: key, path: path)
    }

    /// What the autoencoder, which is compared with diffusers elsewhere, makes of an image in float32.
    private func encoded(_ index: Int, isMirrored: Bool) throws -> Tensor {
        try withTorchErrors {
            withoutGradients {
                let image = images.batch(Tensor([index], [1]))
                let mean = autoencoder.encode(isMirrored ? image.flipped([3]) : image).mean
                return (mean - 0.1) * 0.8  // shift_factor and scaling_factor of its config.json
            }
        }
    }

    @Test func `a latent is the scaled mean of its image or of the mirror image`() throws {
        let latents = try cache().batch([(2, false), (0, true)])
        #expect(latents.shape == [2, 16, 8, 8])
        // Encoded in bfloat16, which has 8 significant bits, and kept in float16.
        let spread = try encoded(2, isMirrored: false).abs().mean().item()
        for (row, (index, isMirrored)) in [(2, false), (0, true)].enumerated() {
            let found = latents.sliced(0, from: row, to: row + 1)
            let error = try (found - encoded(index, isMirrored: isMirrored)).abs().mean().item()
            #expect(error < 0.02 * spread, "image \(index)")
        }
    }

    @Test func `a latent does not depend on its company`() throws {
        let together = try cache().batch([(0, false), (1, true), (2, false)])
        let alone = try cache().batch([(1, true)])
        let (first, second) = (
            try together.sliced(0, from: 1, to: 2).array(), try alone.array()
        )
        #expect(first == second)
    }

    @Test func `latents that were saved are not encoded again`() throws {
        let first = try cache()
        let saved = try first.batch([(0, false)]).array()
        try first.save()
        // Other pictures tell what comes from the file and what is encoded now.
        let others = try samples.images(samples.noise(3, side: 64, seed: 2), side: 64)
        let second = try cache(others)
        #expect(try second.batch([(0, false)]).array() == saved)
        let fresh = try second.batch([(1, false)]).array()
        #expect(try fresh == cache(key: "none", others).batch([(1, false)]).array())
        #expect(try fresh != first.batch([(1, false)]).array())
    }

    @Test func `latents of another autoencoder are not used`() throws {
        let first = try cache()
        let saved = try first.batch([(0, false)]).array()
        try first.save()
        let others = try samples.images(samples.noise(3, side: 64, seed: 2), side: 64)
        #expect(try cache(key: "another", others).batch([(0, false)]).array() != saved)
    }

    @Test func `latents of another number of images are not used`() throws {
        let first = try cache()
        let saved = try first.batch([(0, false)]).array()
        try first.save()
        let others = try samples.images(samples.noise(2, side: 64, seed: 2), side: 64)
        #expect(try cache(others).batch([(0, false)]).array() != saved)
    }
}
