import Foundation
import TestSupport
import Testing

struct TrainTests {
    /// Kills runs at moments that a seed picks; `SKIAGRAPH_KILLS` sets how often.
    @Test(arguments: ["vae", "scratch", "lora"])
    func `a run that is killed ends byte for byte as one that is not`(method: String) throws {
        let training = try TrainingFolder()
        let whole = try Program.run(Program.path, training.arguments(method, run: "whole"))
        #expect(whole.exitCode == 0, "\(whole.errors)")
        let kills = ProcessInfo.processInfo.environment["SKIAGRAPH_KILLS"].flatMap(Int.init) ?? 2
        var arguments = training.arguments(method, run: "killed")
        for kill in 0..<kills {
            let running = try Program.start(Program.path, arguments)
            try training.waitForStep(1 + kill * 10 / kills, run: "killed", of: running)
            usleep(UInt32.random(in: 0..<60_000))
            Glibc.kill(running.process.processIdentifier, SIGKILL)
            #expect(try running.wait().exitCode == -SIGKILL, "it was over before it was killed")
            arguments = ["train", "resume", "\(training.folder.path)/killed"]
        }
        let last = try Program.run(Program.path, arguments)
        #expect(last.exitCode == 0, "\(last.errors)")
        #expect(last.errors.contains("continuing at step"))
        let weights =
            switch method {
            case "vae": "vae/diffusion_pytorch_model.safetensors"
            case "scratch": "unet/diffusion_pytorch_model.safetensors"
            default: "pytorch_lora_weights.safetensors"
            }
        for file in ["checkpoint.safetensors", "model/\(weights)"] {
            let (first, second) = (
                try training.folder.data("whole/\(file)"),
                try training.folder.data("killed/\(file)")
            )
            #expect(first == second, "\(file) differs")
        }
        #expect(try training.losses(run: "whole") == training.losses(run: "killed"))
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal finishes the step, saves and tells how to go on`(signal: Int32) throws {
        let training = try TrainingFolder(stepCount: 100_000)
        let running = try Program.start(Program.path, training.arguments("vae", run: "run"))
        try training.waitForStep(2, run: "run", of: running)
        kill(running.process.processIdentifier, signal)
        let outcome = try running.wait()
        #expect(outcome.exitCode == 128 + signal, "\(outcome.errors)")
        let stopped = try #require(
            outcome.errors.firstMatch(of: /stopped after step (\d+) of 100000, which is saved/)
        )
        #expect(outcome.errors.contains("skiagraph train resume \(training.folder.path)/run"))
        let head = try training.folder.data("run/checkpoint.safetensors").prefix(4_096)
        #expect(String(decoding: head, as: UTF8.self).contains("\"step\":\"\(stopped.1)\""))
    }

    @Test func `a run that another process trains is left alone`() throws {
        let training = try TrainingFolder(stepCount: 100_000)
        let first = try Program.start(Program.path, training.arguments("vae", run: "run"))
        try training.waitForStep(2, run: "run", of: first)
        let run = "\(training.folder.path)/run"
        for arguments in [training.arguments("vae", run: "run"), ["train", "resume", run]] {
            let second = try Program.run(Program.path, arguments)
            #expect(second.exitCode == EX_UNAVAILABLE, "\(second.errors)")
            #expect(second.errors.contains("another process trains in \(run)"))
        }
        kill(first.process.processIdentifier, SIGINT)
        #expect(try first.wait().exitCode == 128 + SIGINT)
        let third = try Program.run(Program.path, ["train", "resume", run, "--hours", "0"])
        #expect(third.exitCode == 0, "\(third.errors)")
    }

    @Test func `hours end a run early, and resume ends it`() throws {
        let training = try TrainingFolder()
        let arguments = training.arguments("vae", run: "run")
        let first = try Program.run(Program.path, arguments + ["--hours", "0"])
        #expect(first.exitCode == 0, "\(first.errors)")
        #expect(first.errors.contains("stopped after step 1 of 12"))
        let run = "\(training.folder.path)/run"
        let second = try Program.run(Program.path, ["train", "resume", run])
        #expect(second.exitCode == 0, "\(second.errors)")
        #expect(second.errors.contains("continuing at step 1\n"))
        #expect(try training.losses(run: "run").last?.hasPrefix("12,") == true)
    }

    @Test func `a run is exported as a model that draws, with its card`() throws {
        let training = try TrainingFolder(stepCount: 2)
        let first = try Program.run(Program.path, training.arguments("scratch", run: "run"))
        #expect(first.exitCode == 0, "\(first.errors)")
        let (run, model) = ("\(training.folder.path)/run", "\(training.folder.path)/models/hands")
        let export = try Program.run(Program.path, ["train", "export", run, "--into", model])
        #expect(export.exitCode == 0, "\(export.errors)")
        let card = try training.folder.text("models/hands/README.md")
        let manifest = "\(training.data)/shapes/manifest.csv"
        let hash = try Program.run("/usr/bin/sha256sum", [manifest]).output.prefix(64)
        #expect(card.contains("| shapes | 8 | CC0 1.0 | \(hash) |"))
        #expect(card.contains("| images seen | 4 |"))
        #expect(card.contains("Not for diagnosis"))
        #expect(card.contains("\"captionDropout\" : 0.1"))
        for file in ["unet/diffusion_pytorch_model.safetensors", "text_encoder/model.safetensors"] {
            let (own, exported) = (
                try training.folder.data("run/model/\(file)"),
                try training.folder.data("models/hands/\(file)")
            )
            #expect(own == exported, "\(file)")
        }
        let drawn = try Program.generate(
            "A hand",
            "--seed",
            "1",
            "--steps",
            "2",
            "--model",
            model,
            "-o",
            "\(training.folder.path)/out"
        )
        #expect(drawn.exitCode == 0, "\(drawn.errors)")
        let again = try Program.run(Program.path, ["train", "export", run, "--into", model])
        #expect(again.exitCode == 73)
        #expect(again.errors.contains("\(model) exists already"))
    }

    @Test func `a loss that is no number ends the run and names the images`() throws {
        let training = try TrainingFolder(stepCount: 40)
        let path = training.autoencoderSettings
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let wild = text.replacing("\"seed\":3", with: "\"seed\":3,\"learningRate\":1e30")
        try Data(wild.utf8).write(to: URL(filePath: path))
        let outcome = try Program.run(Program.path, training.arguments("vae", run: "run"))
        #expect(outcome.exitCode == 70)
        let step = try #require(outcome.errors.firstMatch(of: /step (\d+): the loss is/)).1
        #expect(outcome.errors.contains("\(training.data)/shapes/images/"))
        let head = try training.folder.data("run/checkpoint.safetensors").prefix(4_096)
        #expect(String(decoding: head, as: UTF8.self).contains("\"step\":\"\(step)\""))
    }

    @Test func `a full disk leaves the checkpoints that were there`() throws {
        let training = try TrainingFolder(stepCount: 3)
        let first = try Program.run(Program.path, training.arguments("vae", run: "run"))
        #expect(first.exitCode == 0, "\(first.errors)")
        let before = try training.folder.data("run/checkpoint.safetensors")
        let settings = try training.folder.text("run/configuration.json")
        try training.folder.write(
            settings.replacing("\"stepCount\" : 3", with: "\"stepCount\" : 6"),
            to: "run/configuration.json"
        )
        let script = "trap '' XFSZ; ulimit -f 64; exec \"$@\" 2>&1 | cat"
        let outcome = try Program.run(
            "/bin/bash",
            [
                "-o", "pipefail", "-c", script, "bash", Program.path, "train", "resume",
                "\(training.folder.path)/run",
            ]
        )
        #expect(outcome.exitCode == 74, "\(outcome.output)")
        #expect(outcome.output.contains("checkpoint.safetensors"))
        #expect(try training.folder.data("run/checkpoint.safetensors") == before)
        let names = try FileManager.default.contentsOfDirectory(
            atPath: "\(training.folder.path)/run"
        )
        #expect(!names.contains { $0.hasSuffix(".part") })
        let last = try Program.run(
            Program.path,
            ["train", "resume", "\(training.folder.path)/run"]
        )
        #expect(last.exitCode == 0, "\(last.errors)")
    }

    @Test(arguments: [
        (["train", "resume", "/nowhere"], 66, "/nowhere/configuration.json"),
        (["train", "export", "/nowhere", "--into", "/nowhere/x"], 66, "/nowhere/conf"),
        (["train", "vae", "--data", "/nowhere", "--out", "/tmp/skiagraph-none"], 65, "/nowhere"),
    ])
    func `what cannot be trained is one line and a code`(
        arguments: [String],
        code: Int32,
        words: String
    ) throws {
        let outcome = try Program.run(Program.path, arguments)
        #expect(outcome.exitCode == code, "\(outcome.errors)")
        #expect(outcome.errors.contains(words))
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }
}
