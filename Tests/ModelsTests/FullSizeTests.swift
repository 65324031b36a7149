import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing

private let fullSizeFolder = ProcessInfo.processInfo.environment["SKIAGRAPH_FULL_SIZE"]

/// Compares models of Stable Diffusion's full size with diffusers; see `Scripts/compare-full-size.py`.
@Suite(
    .serialized,
    .enabled(
        if: fullSizeFolder != nil,
        "SKIAGRAPH_FULL_SIZE names no folder that Scripts/compare-full-size.py has written"
    )
)
struct FullSizeTests {
    @Test func `the text encoder equals that of transformers`() throws {
        try compare("text.last_hidden_state") { model, values in
            let textEncoder = try model.loadTextEncoder()
            let tokenIDs = try values.tensor(named: "text.input_ids")
            return { textEncoder(tokenIDs) }
        }
    }

    @Test func `a UNet step equals that of diffusers`() throws {
        try compare("unet.output") { model, values in
            let unet = try model.loadUNet()
            let sample = try values.tensor(named: "unet.sample")
            let states = try values.tensor(named: "text.last_hidden_state")
            let context = CrossAttentionContext(states)
            return { unet(sample, timestep: Tensor([500], [1]), context: context) }
        }
    }

    @Test func `a decoded image equals that of diffusers`() throws {
        try compare("vae.decoded") { model, values in
            let vae = try model.loadAutoencoder()
            let latents = try values.tensor(named: "vae.latents")
            return { vae.decode(latents) }
        }
    }

    @Test func `an encoded image equals that of diffusers`() throws {
        try compare("vae.mean") { model, values in
            let vae = try model.loadAutoencoder()
            let image = try values.tensor(named: "vae.image")
            return { vae.encode(image).mean }
        }
    }

    private func compare(
        _ name: String,
        _ prepare: (ModelFolder, SafetensorsFile) throws -> () -> Tensor
    ) throws {
        let folder = try #require(fullSizeFolder)
        let values = try SafetensorsFile(path: "\(folder)/values.safetensors")
        let expected = try values.tensor(named: name)
        try withTorchErrors {
            try withoutGradients {
                let clock = ContinuousClock()
                var start = clock.now
                let compute = try prepare(try ModelFolder(path: folder), values)
                let loading = clock.now - start
                start = clock.now
                let output = compute()
                let computing = clock.now - start
                let difference = (output - expected).abs().max().item()
                print("\(name): largest difference \(difference) of \(expected.abs().max().item())")
                print("\(name): loaded in \(loading), computed in \(computing)")
                try expectClose(output, expected, atol: 1e-4, rtol: 1e-5, name)
            }
        }
    }
}
