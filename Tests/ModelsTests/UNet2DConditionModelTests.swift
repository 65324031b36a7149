import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing

struct UNet2DConditionModelTests {
    static let cases = ["tiny-sd1", "tiny-sd2", "tiny-radiograph"].flatMap { model in
        ["even", "odd", "fractional", "batch"].map { (model, $0) }
    }

    @Test(arguments: cases)
    func `predictions equal those of diffusers`(_ name: String, _ input: String) throws {
        let unet = try ModelFolder(path: Goldens.model(name).path).loadUNet()
        let goldens = try Goldens.tensors("modules/\(name).safetensors")
        try withTorchErrors {
            try expectClose(
                try predict(unet, goldens, input),
                try goldens["unet.\(input).output"],
                atol: 1e-5
            )
        }
    }

    /// 16 bits keep 3 (bfloat16) or 4 (float16) digits of activations that reach about 3.
    @Test(arguments: [(DType.bfloat16, 0.15), (.float16, 0.02)])
    func `16-bit predictions lie near those of float32`(_ dtype: DType, _ atol: Double) throws {
        for name in ["tiny-sd1", "tiny-sd2", "tiny-radiograph"] {
            let unet = try ModelFolder(path: Goldens.model(name).path).loadUNet(dtype: dtype)
            let goldens = try Goldens.tensors("modules/\(name).safetensors")
            try withTorchErrors {
                let output = try predict(unet, goldens, "even", dtype: dtype)
                #expect(output.dtype == dtype)
                try expectClose(output.to(.float32), try goldens["unet.even.output"], atol: atol)
            }
        }
    }

    @Test func `a context serves several steps and batches`() throws {
        let unet = try ModelFolder(path: Goldens.model("tiny-sd1").path).loadUNet()
        let goldens = try Goldens.tensors("modules/tiny-sd1.safetensors")
        try withTorchErrors {
            let context = try context(goldens)
            for input in ["even", "odd", "fractional", "even"] {
                let output = unet(
                    try goldens["unet.\(input).sample"],
                    timestep: try goldens["unet.\(input).timestep"],
                    context: context
                )
                try expectClose(output, try goldens["unet.\(input).output"], atol: 1e-5)
            }
        }
    }

    @Test(arguments: ["tiny-sd1", "tiny-sd2", "tiny-radiograph"])
    func `gradients are the same where activations are recomputed`(name: String) throws {
        let goldens = try Goldens.tensors("modules/\(name).safetensors")
        func gradients(recomputes: Bool) throws -> [Tensor?] {
            let unet = try ModelFolder(path: Goldens.model(name).path).loadUNet()
            unet.recomputesActivations = recomputes
            for parameter in unet.parameters { parameter.value.requiresGrad = true }
            return try withTorchErrors {
                unet(
                    try goldens["unet.even.sample"],
                    timestep: try goldens["unet.even.timestep"],
                    context: try context(goldens)
                ).squared().mean().backward()
                return unet.parameters.map(\.value.grad)
            }
        }
        for (found, expected) in zip(
            try gradients(recomputes: true),
            try gradients(recomputes: false)
        ) {
            try expectClose(try #require(found), try #require(expected), atol: 1e-6, rtol: 1e-4)
        }
    }

    @Test func `activations stay channels-last`() throws {
        let unet = try ModelFolder(path: Goldens.model("tiny-sd1").path).loadUNet()
        let goldens = try Goldens.tensors("modules/tiny-sd1.safetensors")
        try withTorchErrors {
            let output = try predict(unet, goldens, "even")
            #expect(output.isChannelsLast)
        }
    }

    @Test func `gradients reach every weight and the text`() throws {
        let goldens = try Goldens.tensors("modules/tiny-sd2.safetensors")
        let source = ParameterSource.random(seed: 3)
        let configuration = try ModelFolder(path: Goldens.model("tiny-sd2").path)
            .unetConfiguration()
        try withTorchErrors {
            let unet = try UNet2DConditionModel(configuration, at: ParameterPath(source))
            for parameter in source.parameters { parameter.value.requiresGrad = true }
            let states = try goldens["text.last_hidden_state"].sliced(0, to: 2).cloned()
            states.requiresGrad = true
            let loss = withAutocast(.bfloat16) {
                unet(
                    Tensor.randn([2, 4, 6, 6], generator: Generator(seed: 1)),
                    timestep: Tensor([10, 900], [2]),
                    context: CrossAttentionContext(states)
                ).to(.float32).squared().mean()
            }
            loss.backward()
            for parameter in source.parameters {
                let gradient = try #require(parameter.value.grad, "\(parameter.name)")
                #expect(gradient.abs().max().item() > 0, "\(parameter.name)")
            }
            #expect(try #require(states.grad).abs().max().item() > 0)
        }
    }

    @Test func `a configuration survives writing and reading`() throws {
        for name in ["tiny-sd1", "tiny-sd2", "tiny-radiograph"] {
            let configuration = try ModelFolder(path: Goldens.model(name).path).unetConfiguration()
            let data = try JSONEncoder().encode(configuration)
            let copy = try JSONDecoder()
                .decode(UNet2DConditionModel.Configuration.self, from: data)
            #expect(copy == configuration)
        }
    }

    @Test func `an empty configuration has the defaults of diffusers`() throws {
        let configuration = try JSONDecoder()
            .decode(UNet2DConditionModel.Configuration.self, from: Data("{}".utf8))
        #expect(configuration == UNet2DConditionModel.Configuration())
    }

    @Test(arguments: [
        (#""class_embed_type": "timestep""#, "class_embed_type"),
        (#""only_cross_attention": true"#, "only_cross_attention"),
        (#""resnet_time_scale_shift": "scale_shift""#, "resnet_time_scale_shift"),
        (#""addition_embed_type": "text_time""#, "addition_embed_type"),
        (#""time_cond_proj_dim": 256"#, "time_cond_proj_dim"),
        (#""mid_block_type": "UNetMidBlock2DSimpleCrossAttn""#, "mid_block_type"),
        (#""down_block_types": ["AttnDownBlock2D"]"#, "down_block_types"),
    ])
    func `an option that is not implemented is refused by name`(_ json: String, _ option: String)
        throws
    {
        let error = #expect(throws: ModelsError.self) {
            try JSONDecoder()
                .decode(UNet2DConditionModel.Configuration.self, from: Data("{\(json)}".utf8))
        }
        guard case .unsupportedOption(_, option, _, _) = error else {
            Issue.record("\(option): \(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        (#""block_out_channels": []"#, "block_out_channels"),
        (#""block_out_channels": [8, -8]"#, "block_out_channels"),
        (#""block_out_channels": [8, 16]"#, "down_block_types"),
        (#""norm_num_groups": 0"#, "norm_num_groups"),
        (#""norm_num_groups": 7"#, "norm_num_groups"),
        (#""layers_per_block": 1000000000"#, "layers_per_block"),
        (#""layers_per_block": [1, 2]"#, "layers_per_block"),
        (#""attention_head_dim": 7"#, "attention_head_dim (the number of heads)"),
        (#""cross_attention_dim": 1e12"#, "cross_attention_dim"),
        (#""conv_in_kernel": 2"#, "conv_in_kernel"),
        (#""freq_shift": 160"#, "freq_shift"),
    ])
    func `sizes that no model can have are refused by name`(_ json: String, _ option: String) throws
    {
        let configuration = try JSONDecoder()
            .decode(UNet2DConditionModel.Configuration.self, from: Data("{\(json)}".utf8))
        let error = #expect(throws: ModelsError.self) {
            try UNet2DConditionModel(configuration, at: ParameterPath(.random(seed: 0)))
        }
        guard case .invalidOption(_, option, _, _) = error else {
            Issue.record("\(option): \(String(describing: error))")
            return
        }
    }

    private func predict(
        _ unet: UNet2DConditionModel,
        _ goldens: GoldenTensors,
        _ input: String,
        dtype: DType = .float32
    ) throws -> Tensor {
        try withoutGradients {
            unet(
                try goldens["unet.\(input).sample"].to(dtype),
                timestep: try goldens["unet.\(input).timestep"],
                context: try context(goldens, dtype: dtype)
            )
        }
    }

    private func context(_ goldens: GoldenTensors, dtype: DType = .float32) throws
        -> CrossAttentionContext
    {
        CrossAttentionContext(try goldens["text.last_hidden_state"].sliced(0, to: 2).to(dtype))
    }
}
