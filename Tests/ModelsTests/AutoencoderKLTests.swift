import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing

struct AutoencoderKLTests {
    static let models = ["tiny-sd1", "tiny-sd2", "tiny-radiograph"]
    static let cases = models.flatMap { model in ["even", "odd"].map { (model, $0) } }

    @Test(arguments: cases)
    func `posteriors equal those of diffusers`(_ name: String, _ input: String) throws {
        let vae = try ModelFolder(path: Goldens.model(name).path).loadAutoencoder()
        let goldens = try Goldens.tensors("modules/\(name).safetensors")
        try withTorchErrors {
            let posterior = vae.encode(try goldens["vae.\(input).image"])
            try expectClose(posterior.mean, try goldens["vae.\(input).mean"], atol: 1e-5)
            try expectClose(posterior.logVariance, try goldens["vae.\(input).logvar"], atol: 1e-5)
        }
    }

    @Test(arguments: cases)
    func `decoded images equal those of diffusers`(_ name: String, _ input: String) throws {
        let vae = try ModelFolder(path: Goldens.model(name).path).loadAutoencoder()
        let goldens = try Goldens.tensors("modules/\(name).safetensors")
        try withTorchErrors {
            let images = vae.decode(try goldens["vae.\(input).latents"])
            try expectClose(images, try goldens["vae.\(input).decoded"], atol: 1e-5)
        }
    }

    @Test(arguments: [(DType.bfloat16, 0.1), (.float16, 0.01)])
    func `16-bit images lie near those of float32`(_ dtype: DType, _ atol: Double) throws {
        for name in Self.models {
            let vae = try ModelFolder(path: Goldens.model(name).path).loadAutoencoder(dtype: dtype)
            let goldens = try Goldens.tensors("modules/\(name).safetensors")
            try withTorchErrors {
                let images = vae.decode(try goldens["vae.even.latents"].to(dtype))
                try expectClose(
                    images.to(.float32),
                    try goldens["vae.even.decoded"],
                    atol: atol
                )
            }
        }
    }

    @Test func `scaling and its inverse follow the configuration`() throws {
        var configuration = AutoencoderKL.Configuration()
        configuration.scalingFactor = 0.5
        configuration.shiftFactor = 2
        try withTorchErrors {
            let vae = try AutoencoderKL(configuration, at: ParameterPath(.random(seed: 1)))
            let latents = Tensor([1, 2, 6], [1, 3])
            #expect(try vae.scaled(latents).array() == [-0.5, 0, 2])
            #expect(try vae.unscaled(vae.scaled(latents)).array() == [1, 2, 6])
        }
    }

    @Test func `a configuration survives writing and reading`() throws {
        for name in Self.models {
            let configuration = try ModelFolder(path: Goldens.model(name).path)
                .autoencoderConfiguration()
            let data = try JSONEncoder().encode(configuration)
            let copy = try JSONDecoder().decode(AutoencoderKL.Configuration.self, from: data)
            #expect(copy == configuration)
        }
    }

    @Test(arguments: [
        #""act_fn": "relu""#, #""down_block_types": ["AttnDownEncoderBlock2D"]"#,
        #""latents_mean": [0.5]"#,
    ])
    func `an option that is not implemented is refused`(_ json: String) {
        #expect(throws: ModelsError.self) {
            try JSONDecoder()
                .decode(AutoencoderKL.Configuration.self, from: Data("{\(json)}".utf8))
        }
    }

    @Test(arguments: [
        #""block_out_channels": []"#, #""block_out_channels": [0]"#, #""norm_num_groups": 0"#,
        #""norm_num_groups": 7"#, #""layers_per_block": 1000000000"#, #""latent_channels": -1"#,
        #""scaling_factor": 0"#,
    ])
    func `sizes that no model can have are refused`(_ json: String) throws {
        let configuration = try JSONDecoder()
            .decode(AutoencoderKL.Configuration.self, from: Data("{\(json)}".utf8))
        #expect(throws: ModelsError.self) {
            try AutoencoderKL(configuration, at: ParameterPath(.random(seed: 0)))
        }
    }
}
