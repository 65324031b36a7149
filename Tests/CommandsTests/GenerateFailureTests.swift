import Foundation
import Imaging
import TestSupport
import Testing

struct GenerateFailureTests {
    let folder: TemporaryFolder
    let model = Program.model("tiny-radiograph")

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [
        (["  "], "prompt is empty"),
        (["A knee", ""], "prompt 2 of 2 is empty"),
        ([], "no prompt given"),
        (["A knee", "-n", "0"], "0 images"),
        (["A knee", "--steps", "0"], "0 steps"),
        (["A knee", "--size", "100x64"], "multiples of"),
        (["A knee", "--size", "65536x65536"], "GB"),
        (["A knee", "--size", "0x0"], "0x0"),
        (["A knee", "--scheduler", "eulr"], "did you mean \"euler\""),
        (["A knee", "--guidance", "nan"], "guidance"),
        (["A knee", "-n", "2", "--seed", "18446744073709551615"], "seed"),
        (["A knee", "a KNEE!"], "different folders"),
    ])
    func `an impossible request is one clear line and code 64`(
        _ arguments: [String],
        _ words: String
    ) throws {
        let surroundings = ["--model", model, "-o", "\(folder.path)/out", "--seed", "0"]
        let outcome = try Program.run(
            Program.path,
            ["generate"] + (arguments.contains("--seed") ? surroundings.dropLast(2) : surroundings)
                + arguments
        )
        expect(outcome, exitCode: 64, words)
        #expect(try folder.names().isEmpty)
    }

    @Test(arguments: [
        ["--size", "64"], ["--dtype", "float12"], ["--device", "abacus"], ["--seed", "-1"],
        ["--unknown"], ["-n", "many"],
    ])
    func `an option that cannot be read has code 64`(_ arguments: [String]) throws {
        let outcome = try Program.run(Program.path, ["generate", "A knee"] + arguments)
        #expect(outcome.exitCode == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(arguments[0]))
    }

    @Test func `an unknown model tells where it was looked for`() throws {
        let outcome = try Program.generate("A knee", "--seed", "0", "--model", "nosuchmodel")
        expect(outcome, exitCode: 66, "no model \"nosuchmodel\"; looked in")
    }

    @Test func `a folder that is no model is refused`() throws {
        let outcome = try Program.generate("A knee", "--seed", "0", "--model", folder.path)
        expect(outcome, exitCode: 66, "model_index.json")
    }

    @Test func `weights that do not fit are refused`() throws {
        let copy = try folder.copyModel("tiny-radiograph")
        let file = "unet/diffusion_pytorch_model.safetensors"
        try FileManager.default.removeItem(atPath: "\(copy)/\(file)")
        try FileManager.default.copyItem(
            atPath: "\(Program.model("tiny-sd1"))/\(file)",
            toPath: "\(copy)/\(file)"
        )
        let outcome = try Program.generate("A knee", "--seed", "0", "--model", copy)
        expect(outcome, exitCode: 65, file)
    }

    @Test func `pictures that are no numbers are told, not written`() throws {
        let copy = try folder.copyModelOfNaNs()
        let out = "\(folder.path)/out"
        let outcome = try Program.generate(
            "A knee",
            "-n",
            "2",
            "--seed",
            "0",
            "--json",
            "--model",
            copy,
            "-o",
            out
        )
        #expect(outcome.exitCode == 70)
        #expect(outcome.errors.contains("2 of 2 images failed"))
        #expect(outcome.outputLines.count { $0.contains("\"status\":\"failed\"") } == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: out).isEmpty)
    }

    @Test func `an output folder below a file is refused`() throws {
        try folder.write("", to: "file")
        let outcome = try Program.generate(
            "A knee",
            "--seed",
            "0",
            "--model",
            model,
            "-o",
            "\(folder.path)/file/out"
        )
        expect(outcome, exitCode: 73, "\(folder.path)/file/out")
    }

    @Test func `a file that is no picture of ours is left alone`() throws {
        try folder.write("notes", to: "a-knee-s0.png")
        let outcome = try Program.generate(
            "A knee",
            "--seed",
            "0",
            "--model",
            model,
            "-o",
            folder.path
        )
        expect(outcome, exitCode: 73, "a-knee-s0.png")
        #expect(try folder.text("a-knee-s0.png") == "notes")
    }

    @Test func `a file that cannot be written whole is not left behind`() throws {
        let script = "trap '' XFSZ; ulimit -f 1; exec \"$@\" 2>&1 | cat"
        let outcome = try Program.run(
            "/bin/bash",
            [
                "-o", "pipefail", "-c", script, "bash", Program.path, "generate", "A knee",
                "--seed", "0", "--steps", "1", "--size", "128x128", "--model", model,
                "-o", folder.path, "--no-archive",
            ]
        )
        #expect(outcome.exitCode == 74)
        #expect(outcome.output.contains("cannot write \(folder.path)/a-knee-s0.png"))
        #expect(try folder.names().isEmpty)
    }

    @Test func `a standard output that is full is told`() throws {
        let arguments =
            "generate 'A knee' --seed 0 --steps 1 --model '\(model)' -o '\(folder.path)'"
        let outcome = try Program.run(
            "/bin/sh",
            ["-c", "'\(Program.path)' \(arguments) >/dev/full"]
        )
        #expect(outcome.exitCode == 74)
        #expect(outcome.errors.contains("cannot write to the standard output"))
        #expect(try folder.names() == ["a-knee-s0.png"])
    }

    @Test(arguments: ["# nothing\n\n", ""])
    func `a prompts file without prompts is refused`(_ text: String) throws {
        try folder.write(text, to: "prompts.txt")
        let outcome = try Program.generate("--prompts-file", "\(folder.path)/prompts.txt")
        expect(outcome, exitCode: 65, "prompts.txt has no prompt")
    }

    @Test func `a missing prompts file is told`() throws {
        let outcome = try Program.generate("--prompts-file", "\(folder.path)/none.txt")
        expect(outcome, exitCode: 66, "none.txt: No such file")
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func `an interrupted run keeps its files and goes on later`(
        _ signal: Int32,
        _ exitCode: Int32
    ) throws {
        let arguments = [
            "generate", "An old knee", "--seed", "0", "--steps", "3", "--model", model,
            "-o", folder.path, "-n",
        ]
        let run = try Program.start(Program.path, arguments + ["5000"])
        while run.process.isRunning, try folder.names().allSatisfy({ !$0.hasSuffix(".png") }) {
            usleep(20_000)
        }
        kill(run.process.processIdentifier, signal)
        let outcome = try run.wait()
        #expect(outcome.exitCode == exitCode)
        let names = try folder.names()
        #expect(names.allSatisfy { $0.hasSuffix(".png") }, "\(names)")
        #expect(outcome.outputLines.count == names.count)
        #expect(outcome.errors.contains("\(names.count) of 5000 images are finished and kept"))
        #expect(outcome.errors.contains("to go on: \(Program.path) generate 'An old knee'"))
        let rest = try Program.run(Program.path, arguments + ["\(names.count + 1)"])
        #expect(rest.exitCode == 0)
        #expect(rest.errors.contains("\(names.count) of them are there already"))
        #expect(try folder.names().count == names.count + 1)
    }

    private func expect(
        _ outcome: Program.Outcome,
        exitCode: Int32,
        _ words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let problems = outcome.errors.split(separator: "\n").filter { $0.contains("error: ") }
        #expect(outcome.exitCode == exitCode, sourceLocation: sourceLocation)
        #expect(problems.count == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.errors.contains(words), sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    }
}
