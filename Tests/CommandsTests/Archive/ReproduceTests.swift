import Archive
import Foundation
import TestSupport
import Testing

struct ReproduceTests {
    let workspace: WorkspaceFolder
    let model: String

    init() throws {
        workspace = try WorkspaceFolder()
        model = try workspace.folder.copyModel("tiny-radiograph")
    }

    private func reproduce(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(
            Program.path,
            ["archive", "reproduce", "--model", model, "--workspace", workspace.path] + arguments
        )
    }

    @Test func `an image comes out byte for byte`() throws {
        try workspace.generate(
            "An X-ray of the hand",
            "-n",
            "3",
            "--seed",
            "5",
            "--negative",
            "text",
            "--guidance",
            "3",
            "--size",
            "64x32",
            "--scheduler",
            "euler",
            "--dtype",
            "bfloat16",
            model: model
        )
        for id in ["1", "3"] {
            let outcome = try reproduce(id)
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(outcome.output.hasPrefix("image \(id): identical, SHA-256 "))
        }
        let own = try Program.run(
            Program.path,
            ["archive", "reproduce", "1", "--workspace", workspace.path]
        )
        #expect(own.exitCode == 66 && own.errors.contains("no model \"tiny-radiograph\""))
    }

    @Test func `the model's own scheduler is taken again`() throws {
        try workspace.generate("A knee", "--seed", "5", model: model)
        #expect(try reproduce("1").exitCode == 0)
    }

    @Test func `the LoRA files of an image are asked for`() throws {
        let lora = URL(filePath: Program.model("tiny-radiograph")).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "lora/radiograph-attention.safetensors")
            .path
        try workspace.generate("A knee", "--seed", "5", "--lora", "\(lora):0.5", model: model)
        let without = try reproduce("1")
        #expect(without.exitCode == 65)
        #expect(without.errors.contains("tiny-radiograph + radiograph-attention:0.5"))
        #expect(try reproduce("1", "--lora", "\(lora):0.5").exitCode == 0)
    }

    @Test func `a difference is told`() throws {
        try workspace.generate("A knee", "--seed", "5", model: model)
        let path = URL(filePath: "\(model)/scheduler/scheduler_config.json")
        let config = try String(contentsOf: path, encoding: .utf8)
        let changed = config.replacing(#/"beta_end": [0-9.]+/#, with: "\"beta_end\": 0.02")
        #expect(changed != config)
        try Data(changed.utf8).write(to: path)
        let outcome = try reproduce("1", "--json")
        #expect(outcome.exitCode == 70)
        #expect(outcome.output.contains("\"identical\":false"))
        #expect(outcome.errors.contains("image 1 came out otherwise"))
        #expect(outcome.errors.contains("the pixels differ too"))
    }

    @Test func `other weights and records without an image are refused`() throws {
        let broken = try workspace.folder.copyModelOfNaNs()
        try workspace.generate("A knee", "--seed", "5", model: model)
        try workspace.generate("A hand", "--seed", "5", model: broken)
        let weights = try Program.run(
            Program.path,
            ["archive", "reproduce", "1", "--model", broken, "--workspace", workspace.path]
        )
        #expect(weights.exitCode == 65)
        #expect(weights.errors.contains("are not those of tiny-radiograph that drew the image"))
        let failed = try reproduce("2")
        #expect(failed.exitCode == 64 && failed.errors.contains("record 2 has no image"))
    }
}
