import Foundation
import Imaging
import TestSupport
import Testing

/// Fine-tuning of tiny-radiograph, whose images and files are small enough to train on in a test.
struct FineTuneTests {
    private let training: TrainingFolder
    private let model = Program.model("tiny-radiograph")

    init() throws { training = try TrainingFolder(stepCount: 3) }

    private func file(_ path: String) throws -> Data { try training.folder.data(path) }

    private func base(_ path: String) throws -> Data {
        try Data(contentsOf: URL(filePath: "\(model)/\(path)"))
    }

    private func train(_ method: String, _ more: String...) throws -> Program.Outcome {
        let outcome = try Program.run(
            Program.path,
            training.arguments(method, run: "run") + more
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return outcome
    }

    private func picture(_ folder: String, _ more: String...) throws -> PixelImage {
        let words = [
            "generate", "An X-ray of the hand", "--seed", "1", "--steps", "2", "--size", "64x64",
            "-o", "\(training.folder.path)/\(folder)",
        ]
        let outcome = try Program.run(
            Program.path,
            words + (more.contains("--model") ? more : more + ["--model", model])
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return try PixelImage.read(path: try #require(outcome.outputLines.first))
    }

    @Test func `a LoRA is a small file that changes pictures by its weight`() throws {
        _ = try train("lora")
        let run = "\(training.folder.path)/run"
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: "\(run)/model").sorted()
                == ["README.md", "pytorch_lora_weights.safetensors"]
        )
        let plain = try picture("plain")
        let changed = try picture("changed", "--lora", "\(run)/model")
        #expect(changed != plain)
        #expect(try picture("none", "--lora", "\(run)/model:0") == plain)
        let lora = "\(run)/model/pytorch_lora_weights.safetensors"
        let halves = try picture("halves", "--lora", "\(lora):0.5", "--lora", "\(lora):0.5")
        let differences = zip(try samples(halves), try samples(changed)).map { abs($0 - $1) }
        #expect(differences.max() ?? 256 <= 1, "half and half is one")
    }

    private func samples(_ image: PixelImage) throws -> [Int] {
        guard case .uint8(let values) = image.samples else {
            throw CocoaError(.fileReadCorruptFile)
        }
        return values.map(Int.init)
    }

    @Test func `a picture's provenance names the LoRA, and another weight is another picture`()
        throws
    {
        _ = try train("lora")
        let run = "\(training.folder.path)/run"
        _ = try picture("out", "--lora", "\(run)/model:0.5")
        let path = "\(training.folder.path)/out/an-x-ray-of-the-hand-s1.png"
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        #expect(text.contains("tiny-radiograph + model:0.5"))
        let other = try Program.run(
            Program.path,
            [
                "generate", "An X-ray of the hand", "--seed", "1", "--steps", "2", "--size",
                "64x64", "--model", model, "-o", "\(training.folder.path)/out",
            ]
        )
        #expect(other.exitCode == 73, "\(other.errors)")
    }

    @Test func `the text encoder learns low-rank changes too where it is asked to`() throws {
        try training.set(["trainsTextEncoder": true], in: training.fineTuningSettings)
        _ = try train("lora")
        let head = try file("run/model/pytorch_lora_weights.safetensors").prefix(60_000)
        let text = String(decoding: head, as: UTF8.self)
        #expect(text.contains("text_encoder.text_model.encoder.layers.0.self_attn.q_proj.lora_A"))
        #expect(text.contains("unet.mid_block"))
        _ = try picture("out", "--lora", "\(training.folder.path)/run/model")
    }

    @Test func `all weights of the UNet move, those of its companions do not`() throws {
        _ = try train("full")
        let companions = [
            "text_encoder/model.safetensors", "vae/diffusion_pytorch_model.safetensors",
            "tokenizer/vocab.json", "scheduler/scheduler_config.json",
        ]
        for path in companions { #expect(try file("run/model/\(path)") == base(path), "\(path)") }
        let weights = "unet/diffusion_pytorch_model.safetensors"
        #expect(try file("run/model/\(weights)") != base(weights))
        let changed = try picture("changed", "--model", "\(training.folder.path)/run/model")
        #expect(try changed != picture("plain"))
    }

    @Test func `images keep their shapes in buckets`() throws {
        for name in ["0", "3"] {
            let path = "\(training.data)/shapes/images/\(name).png"
            try FileManager.default.removeItem(atPath: path)
            let grey = (0..<128 * 64).map { UInt8($0 % 128) }
            try PixelImage(width: 128, height: 64, grey: grey).writePNG(to: path)
        }
        try training.set(
            ["usesAspectBuckets": true, "recomputesActivations": true],
            in: training.fineTuningSettings
        )
        _ = try train("lora")
        let names = try FileManager.default.contentsOfDirectory(
            atPath: "\(training.folder.path)/run"
        )
        // Multiples of 16, at most 64 squared: 80x48 is nearest to two to one.
        #expect(
            names.filter { $0.hasPrefix("latents") }.sorted()
                == ["latents-64x64.safetensors", "latents-80x48.safetensors"]
        )
        _ = try picture("out", "--lora", "\(training.folder.path)/run/model")
    }

    @Test func `images not to forget are drawn beside those to learn`() throws {
        let alone = try train("lora")
        let prior = try TrainingFolder()
        let outcome = try Program.run(
            Program.path,
            training.arguments("lora", run: "both") + ["--prior", prior.data]
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(alone.exitCode == 0)
        #expect(try training.losses(run: "both") != training.losses(run: "run"))
        #expect(try file("both/prior-latents.safetensors").count > 1_000)
        let card = try training.folder.text("both/model/README.md")
        #expect(card.contains("not to forget"), "\(card)")
    }

    @Test(arguments: [
        (["generate", "A knee", "--seed", "0", "--lora", "/no/such.safetensors"], 66, "such"),
        (
            ["train", "lora", "--data", "/nowhere", "--out", "/nowhere/x", "--model", "none"], 66,
            "none"
        ),
    ])
    func `what is not there is named`(words: [String], code: Int32, name: String) throws {
        let more = words.contains("--model") ? [] : ["--model", model]
        let outcome = try Program.run(Program.path, words + more)
        #expect(outcome.exitCode == code, "\(outcome.errors)")
        #expect(outcome.errors.contains(name))
    }

    @Test func `a LoRA of another model is refused`() throws {
        let lora = URL(filePath: model).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "lora/sd1-all.safetensors").path
        let outcome = try Program.generate(
            "A knee",
            "--seed",
            "0",
            "--model",
            model,
            "--lora",
            lora,
            "-o",
            "\(training.folder.path)/out"
        )
        #expect(outcome.exitCode == 65, "\(outcome.errors)")
        #expect(outcome.errors.contains("the LoRA \(lora)"))
    }
}
