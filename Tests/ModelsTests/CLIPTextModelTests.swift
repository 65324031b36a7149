import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing

struct CLIPTextModelTests {
    @Test(arguments: ["tiny-sd1", "tiny-sd2", "tiny-radiograph"])
    func `hidden states equal those of transformers`(_ name: String) throws {
        let model = try ModelFolder(path: Goldens.model(name).path).loadTextEncoder()
        let goldens = try Goldens.tensors("modules/\(name).safetensors")
        try withTorchErrors {
            let states = model(try goldens["text.input_ids"])
            try expectClose(states, try goldens["text.last_hidden_state"], atol: 1e-5)
        }
    }

    @Test(arguments: [(DType.bfloat16, 0.1), (.float16, 0.01)])
    func `16-bit hidden states lie near those of float32`(_ dtype: DType, _ atol: Double) throws {
        let model = try ModelFolder(path: Goldens.model("tiny-sd2").path)
            .loadTextEncoder(dtype: dtype)
        let goldens = try Goldens.tensors("modules/tiny-sd2.safetensors")
        try withTorchErrors {
            let states = model(try goldens["text.input_ids"])
            #expect(states.dtype == dtype)
            try expectClose(
                states.to(.float32),
                try goldens["text.last_hidden_state"],
                atol: atol
            )
        }
    }

    @Test func `a token is blind to what follows it`() throws {
        let model = try ModelFolder(path: Goldens.model("tiny-sd1").path).loadTextEncoder()
        try withTorchErrors {
            let whole = model(Tensor([5, 6, 7, 8], [1, 4]))
            let beginning = model(Tensor([5, 6], [1, 2]))
            try expectClose(whole.sliced(1, to: 2), beginning, atol: 1e-5)
        }
    }

    /// The first end token counts, as padding may be end tokens too; in old files it is the highest one.
    @Test(arguments: [(9, 2), (2, 1)])
    func `the pooled state is that of the end token`(_ endTokenID: Int, _ position: Int) throws {
        var configuration = CLIPTextModel.Configuration()
        configuration.vocabularySize = 16
        configuration.hiddenSize = 8
        configuration.intermediateSize = 8
        configuration.layerCount = 1
        configuration.headCount = 2
        configuration.endTokenID = endTokenID
        try withTorchErrors {
            let model = try CLIPTextModel(configuration, at: ParameterPath(.random(seed: 1)))
            let tokenIDs = Tensor([3, 12, 9, 9, 3, 12, 9, 9], [2, 4])
            let states = model(tokenIDs)
            try expectClose(model.pooled(states, tokenIDs), states.selected(1, position), atol: 0)
        }
    }

    @Test func `random weights have the spread that transformers gives them`() throws {
        var configuration = CLIPTextModel.Configuration()
        configuration.vocabularySize = 1_000
        configuration.hiddenSize = 64
        configuration.intermediateSize = 256
        configuration.layerCount = 2
        let source = ParameterSource.random(seed: 5)
        try withTorchErrors {
            _ = try CLIPTextModel(configuration, at: ParameterPath(source))
            let expected = [
                "embeddings.token_embedding.weight": 0.02,
                "encoder.layers.1.self_attn.q_proj.weight": 0.0625,  // 64^-0.5 * 4^-0.5
                "encoder.layers.1.self_attn.out_proj.weight": 0.125,  // 64^-0.5
                "encoder.layers.1.mlp.fc1.weight": 0.08839,  // 128^-0.5
                "encoder.layers.1.mlp.fc2.weight": 0.0625,
                "encoder.layers.1.mlp.fc1.bias": 0,
            ]
            for (name, spread) in expected {
                let parameter = try #require(
                    source.parameters.first { $0.name == "text_model." + name }
                )
                let found = parameter.value.squared().mean().sqrt().item()
                #expect(abs(found - spread) <= 0.05 * spread, "\(name): \(found)")
            }
        }
    }

    @Test func `a configuration survives writing and reading`() throws {
        for name in ["tiny-sd1", "tiny-sd2", "tiny-radiograph"] {
            let configuration = try ModelFolder(path: Goldens.model(name).path)
                .textEncoderConfiguration()
            let data = try JSONEncoder().encode(configuration)
            let copy = try JSONDecoder().decode(CLIPTextModel.Configuration.self, from: data)
            #expect(copy == configuration)
        }
    }

    @Test(arguments: [#""hidden_act": "relu""#, #""model_type": "t5""#])
    func `an option that is not implemented is refused`(_ json: String) {
        #expect(throws: ModelsError.self) {
            try JSONDecoder()
                .decode(CLIPTextModel.Configuration.self, from: Data("{\(json)}".utf8))
        }
    }

    @Test(arguments: [
        #""num_attention_heads": 0"#, #""num_attention_heads": 7"#, #""hidden_size": -512"#,
        #""num_hidden_layers": 1000000"#, #""vocab_size": 1000000000000"#, #""layer_norm_eps": 0"#,
    ])
    func `sizes that no model can have are refused`(_ json: String) throws {
        let configuration = try JSONDecoder()
            .decode(CLIPTextModel.Configuration.self, from: Data("{\(json)}".utf8))
        #expect(throws: ModelsError.self) {
            try CLIPTextModel(configuration, at: ParameterPath(.random(seed: 0)))
        }
    }
}
