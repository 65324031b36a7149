import Foundation
import Layers
import TestSupport
import Tensors
import Testing

@testable import Models

/// Files that do not fit, through the model folder that reads them.
struct LoRAFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let layer = "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q"

    /// Writes a file and reads the UNet of tiny-sd1 and its text encoder with it.
    private func load(
        _ tensors: [(String, Tensor)],
        metadata: [String: String] = [:]
    ) throws -> UNet2DConditionModel {
        let path = folder.file("lora.safetensors")
        try withTorchErrors { try Safetensors.write(tensors, metadata: metadata, to: path) }
        let model = try ModelFolder(
            path: Goldens.model("tiny-sd1").path,
            loras: [LoRA(path: path)]
        )
        _ = try model.loadTextEncoder()
        return try model.loadUNet()
    }

    private func pair(_ layer: String, inputs: Int = 16, rank: Int = 2) -> [(String, Tensor)] {
        [
            ("\(layer).lora_A.weight", Tensor.ones([rank, inputs])),
            ("\(layer).lora_B.weight", Tensor.ones([16, rank])),
        ]
    }

    private func weight(_ model: UNet2DConditionModel) throws -> [Float] {
        let name = Self.layer.dropFirst("unet.".count) + ".weight"
        let parameter = try #require(model.parameters.first { $0.name == name })
        return try parameter.value.array()
    }

    /// B A of ones is the rank everywhere; α/r follows peft's `LoraConfig`.
    @Test(arguments: [
        ("{}", 2.0), (#"{"unet.lora_alpha": 8, "unet.r": 2}"#, 8),
        (#"{"unet.lora_alpha": 8, "unet.use_rslora": true}"#, 16 / 2.0.squareRoot()),
        (#"{"unet.lora_alpha": 8, "unet.alpha_pattern": {"attn1.to_q": 3}}"#, 3),
        (#"{"text_encoder.lora_alpha": 8}"#, 2),
    ])
    func `alpha is taken from where peft writes it`(metadata: String, change: Double) throws {
        let plain = try weight(ModelFolder(path: Goldens.model("tiny-sd1").path).loadUNet())
        let changed = try weight(
            load(pair(Self.layer), metadata: ["lora_adapter_metadata": metadata])
        )
        for (before, after) in zip(plain, changed) {
            #expect(abs(Double(after - before) - change) < 1e-5)
        }
    }

    @Test func `a file of another kind of model is refused`() throws {
        let error = #expect(throws: LoRAError.self) {
            try load(pair("transformer.blocks.0.attn.to_q"))
        }
        #expect(try #require(error).description.contains("transformer.blocks.0.attn.to_q"))
    }

    @Test func `a layer that the model does not have is named`() throws {
        let key = "unet.mid_block.attentions.7.proj_in"
        let error = #expect(throws: LoRAError.self) { try load(pair(key)) }
        #expect(try #require(error).description.contains(key))
    }

    @Test func `a matrix of another size is refused with both shapes`() throws {
        let error = #expect(throws: LoRAError.self) { try load(pair(Self.layer, inputs: 32)) }
        let message = try #require(error).description
        #expect(
            message.contains("lora_A.weight is [2, 32], but this model needs [2, 16]"),
            "\(message)"
        )
    }

    @Test func `a matrix without rows is refused`() throws {
        let error = #expect(throws: LoRAError.self) { try load(pair(Self.layer, rank: 0)) }
        #expect(try #require(error).description.contains("lora_A.weight is [0, 16]"))
    }

    @Test func `half of a pair is refused by the other half's name`() throws {
        let error = #expect(throws: LoRAError.self) {
            try load(Array(pair(Self.layer).prefix(1)))
        }
        #expect(try #require(error).description.contains("\(Self.layer).lora_B.weight"))
    }

    @Test func `changes that are not of low rank alone are refused`() throws {
        let metadata = ["lora_adapter_metadata": #"{"unet.use_dora": true}"#]
        let error = #expect(throws: LoRAError.self) {
            try load(pair(Self.layer), metadata: metadata)
        }
        #expect(try #require(error).description.contains("DoRA"))
    }

    @Test func `a file that is not there is named`() throws {
        let error = #expect(throws: SafetensorsError.self) {
            try ModelFolder(
                path: Goldens.model("tiny-sd1").path,
                loras: [LoRA(path: "/no/such.safetensors")]
            ).loadUNet()
        }
        #expect(try #require(error).description.contains("/no/such.safetensors"))
    }

    @Test func `a folder stands for the file that diffusers saves in it`() throws {
        let path = folder.file("pytorch_lora_weights.safetensors")
        try Safetensors.write(pair(Self.layer), to: path)
        #expect(LoRA(path: folder.path).file == path)
        #expect(LoRA(path: path).file == path)
    }
}
