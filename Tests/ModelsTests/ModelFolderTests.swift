import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing

struct ModelFolderTests {
    @Test(arguments: [("tiny-sd1", "tiny-sd1-fp16", 0.02), ("tiny-sd2", "tiny-sd2-sharded", 1e-5)])
    func `variants and shards load`(_ plain: String, _ other: String, _ atol: Double) throws {
        let folder = try ModelFolder(path: Goldens.model(other).path)
        let goldens = try Goldens.tensors("modules/\(plain).safetensors")
        let (unet, vae) = (try folder.loadUNet(), try folder.loadAutoencoder())
        let textEncoder = try folder.loadTextEncoder()
        try withTorchErrors {
            let states = textEncoder(try goldens["text.input_ids"])
            try expectClose(states, try goldens["text.last_hidden_state"], atol: atol)
            let output = unet(
                try goldens["unet.even.sample"],
                timestep: try goldens["unet.even.timestep"],
                context: CrossAttentionContext(
                    try goldens["text.last_hidden_state"].sliced(0, to: 2)
                )
            )
            try expectClose(output, try goldens["unet.even.output"], atol: atol)
            let images = vae.decode(try goldens["vae.even.latents"])
            try expectClose(images, try goldens["vae.even.decoded"], atol: atol)
        }
    }

    @Test func `tokenizer and scheduler are found`() throws {
        let folder = try ModelFolder(path: Goldens.model("tiny-sd1").path)
        #expect(try folder.loadTokenizer().vocabularySize == 671)
        let path = try folder.schedulerConfigurationPath()
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func `a path that is no folder is refused`() throws {
        let path = Goldens.folder.appending(path: "README.md").path
        #expect(throws: ModelsError.notAFolder(path: path)) { try ModelFolder(path: path) }
        #expect(throws: ModelsError.notAFolder(path: "/no/such")) {
            try ModelFolder(path: "/no/such")
        }
    }

    @Test func `a folder without an index is refused with what it holds`() throws {
        try withCopy { folder in
            try FileManager.default.removeItem(at: folder.appending(path: "model_index.json"))
            let error = #expect(throws: ModelsError.self) { try ModelFolder(path: folder.path) }
            let message = try #require(error).description
            #expect(message.contains("is not a model folder"))
            #expect(message.contains("text_encoder, tokenizer, unet, vae"))
        }
    }

    @Test func `an empty folder is refused`() throws {
        try withCopy { folder in
            let empty = folder.appending(path: "empty")
            try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: false)
            #expect(throws: ModelsError.noModelIndex(folder: empty.path, found: [])) {
                try ModelFolder(path: empty.path)
            }
        }
    }

    @Test func `another pipeline is refused with those that work`() throws {
        try withCopy { folder in
            try replace(
                "StableDiffusionPipeline",
                by: "StableDiffusionXLPipeline",
                in: folder.appending(path: "model_index.json")
            )
            let error = #expect(throws: ModelsError.self) { try ModelFolder(path: folder.path) }
            let message = try #require(error).description
            #expect(message.contains("StableDiffusionXLPipeline, which is not supported"))
            #expect(message.contains("supported: StableDiffusionPipeline"))
        }
    }

    @Test func `another component class is refused when it is asked for`() throws {
        try withCopy { folder in
            try replace(
                "AutoencoderKL",
                by: "AutoencoderTiny",
                in: folder.appending(path: "model_index.json")
            )
            let model = try ModelFolder(path: folder.path)
            let error = #expect(throws: ModelsError.self) { try model.loadAutoencoder() }
            guard case .unsupportedClass(_, "vae", "AutoencoderTiny", ["AutoencoderKL"]) = error
            else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `a component that is missing is named`() throws {
        try withCopy { folder in
            try FileManager.default.removeItem(at: folder.appending(path: "vae"))
            let model = try ModelFolder(path: folder.path)
            let error = #expect(throws: ModelsError.self) { try model.loadAutoencoder() }
            guard case .missingComponent(_, "vae", _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test(arguments: ["", "[]", "{", "{\"a\": NaN}", "null", "\u{0}", "{\"_class_name\": 3}"])
    func `a broken index is refused`(_ json: String) throws {
        try withCopy { folder in
            let path = folder.appending(path: "model_index.json")
            try Data(json.utf8).write(to: path)
            let error = #expect(throws: ModelsError.self) { try ModelFolder(path: folder.path) }
            #expect(try #require(error).description.contains("model_index.json"))
        }
    }

    @Test(arguments: [
        "", "[]", "{\"in_channels\": \"four\"}", "{\"in_channels\": 1e99}",
        "{\"block_out_channels\": 3}", "{\"block_out_channels\": []}", "{\"act_fn\": \"mish\"}",
    ])
    func `a broken config is refused and named`(_ json: String) throws {
        try withCopy { folder in
            try Data(json.utf8).write(to: folder.appending(path: "unet/config.json"))
            let model = try ModelFolder(path: folder.path)
            let error = #expect(throws: ModelsError.self) { try model.loadUNet() }
            #expect(try #require(error).description.contains("unet/config.json"))
        }
    }

    @Test func `a config of absurd length or no file at all is refused`() throws {
        try withCopy { folder in
            let path = folder.appending(path: "unet/config.json")
            try Data(repeating: 32, count: 2 << 20).write(to: path)
            let model = try ModelFolder(path: folder.path)
            #expect(throws: ModelsError.self) { try model.loadUNet() }
            try FileManager.default.removeItem(at: path)
            #expect(throws: ModelsError.self) { try model.loadUNet() }
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: false)
            #expect(throws: ModelsError.self) { try model.loadUNet() }
        }
    }

    @Test func `a missing weight is named with its shape and file`() throws {
        try withWeights("conv_out.bias", replacedBy: nil) { model, file in
            let expected = WeightError.missing(key: "conv_out.bias", shape: [4], file: file)
            let error = #expect(throws: WeightError.self) { try model.loadUNet() }
            // Which file it should be in cannot be known; the folder is.
            guard case .missing("conv_out.bias", [4], let place) = error else {
                Issue.record("\(String(describing: error)), expected \(expected)")
                return
            }
            #expect(file.hasPrefix(place))
        }
    }

    @Test func `a misshapen weight is named with both shapes and file`() throws {
        try withWeights("conv_out.bias", replacedBy: ("conv_out.bias", [5])) { model, file in
            let expected = WeightError.misshapen(
                key: "conv_out.bias",
                found: [5],
                expected: [4],
                file: file
            )
            #expect(throws: expected) { try model.loadUNet() }
            #expect(expected.description.contains("[5], expected [4]"))
        }
    }

    @Test func `an unexpected weight is named with its file`() throws {
        try withWeights(nil, replacedBy: ("class_embedding.weight", [3, 32])) { model, file in
            let expected = WeightError.unexpected(keys: ["class_embedding.weight"], file: file)
            #expect(throws: expected) { try model.loadUNet() }
        }
    }

    @Test func `weights for another architecture are refused`() throws {
        try withCopy { folder in
            try replace(
                "\"cross_attention_dim\": 32",
                by: "\"cross_attention_dim\": 48",
                in: folder.appending(path: "unet/config.json")
            )
            let model = try ModelFolder(path: folder.path)
            let error = #expect(throws: WeightError.self) { try model.loadUNet() }
            guard case .misshapen(_, [8, 32], [8, 48], _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test(arguments: ["diffusion_pytorch_model.bin", "diffusion_pytorch_model.ckpt"])
    func `pickled weights are refused with the reason`(_ name: String) throws {
        try withCopy { folder in
            let weights = folder.appending(path: "unet/diffusion_pytorch_model.safetensors")
            try FileManager.default.moveItem(
                at: weights,
                to: folder.appending(path: "unet/\(name)")
            )
            let model = try ModelFolder(path: folder.path)
            let error = #expect(throws: SafetensorsError.self) { try model.loadUNet() }
            #expect(
                error == .pickleOnly(folder: folder.appending(path: "unet").path, file: name)
            )
            #expect(try #require(error).description.contains("pickle"))
        }
    }

    @Test(arguments: [DType.float32, .bfloat16])
    func `convolution weights are packed when they are read`(_ dtype: DType) throws {
        let checkpoint = try SafetensorsCheckpoint(
            folder: Goldens.model("tiny-sd1").appending(path: "unet").path,
            baseName: "diffusion_pytorch_model"
        )
        let loader = WeightLoader(checkpoint, dtype: dtype, device: .cpu, ignores: { _ in true })
        let weight = try loader.load { path in
            try path["conv_in"].parameter("weight", [8, 4, 3, 3], .zeros).value
        }
        #expect(weight.isChannelsLast && !weight.isContiguous)
        #expect(weight.dtype == dtype)
        let original = try checkpoint.tensor(named: "conv_in.weight")
        try expectClose(weight.to(.float32), original, atol: 0, rtol: 0.004)
    }

    // MARK: - Altered copies

    /// Gives `body` a copy of tiny-sd1 that it may damage.
    private func withCopy(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "skiagraph-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: Goldens.model("tiny-sd1"), to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    /// Gives `body` a copy whose UNet lacks a tensor or has another one.
    private func withWeights(
        _ removed: String?,
        replacedBy added: (name: String, shape: [Int])?,
        _ body: (ModelFolder, _ file: String) throws -> Void
    ) throws {
        try withCopy { folder in
            let path = folder.appending(path: "unet/diffusion_pytorch_model.safetensors").path
            let file = try SafetensorsFile(path: path)
            var tensors = try file.keys.filter { $0 != removed }
                .map { ($0, try file.tensor(named: $0).cloned()) }
            if let added { tensors.append((added.name, Tensor.zeros(added.shape))) }
            try Safetensors.write(tensors, to: path)
            try body(try ModelFolder(path: folder.path), path)
        }
    }

    private func replace(_ text: String, by other: String, in file: URL) throws {
        let content = try String(contentsOf: file, encoding: .utf8)
        #expect(content.contains(text))
        try content.replacingOccurrences(of: text, with: other)
            .write(to: file, atomically: true, encoding: .utf8)
    }
}
