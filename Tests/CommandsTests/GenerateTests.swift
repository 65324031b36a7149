import Foundation
import Imaging
import TestSupport
import Testing

struct GenerateTests {
    let folder: TemporaryFolder
    let model = Program.model("tiny-radiograph")

    init() throws { folder = try TemporaryFolder() }

    @Test func `paths alone go to the standard output`() throws {
        let outcome = try Program.generate(
            "An X-ray of the hand",
            "A knee",
            "-n",
            "2",
            "--seed",
            "3",
            "--steps",
            "2",
            "--model",
            model,
            "-o",
            folder.path
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let names = [
            "an-x-ray-of-the-hand-s3.png", "an-x-ray-of-the-hand-s4.png", "a-knee-s3.png",
            "a-knee-s4.png",
        ]
        #expect(outcome.outputLines == names.map { "\(folder.path)/\($0)" })
        #expect(try folder.names() == names.sorted())
        #expect(outcome.errors.contains("image 4 of 4"))
        #expect(!outcome.errors.contains("\u{1B}"), "control characters without a terminal")
    }

    @Test func `files carry their provenance`() throws {
        let outcome = try Program.generate(
            "An X-ray of the hand",
            "-n",
            "2",
            "--seed",
            "3",
            "--steps",
            "2",
            "--guidance",
            "4",
            "--negative",
            "text",
            "--scheduler",
            "euler",
            "--size",
            "64x32",
            "--dtype",
            "bfloat16",
            "--model",
            model,
            "-o",
            folder.path
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let path = "\(folder.path)/an-x-ray-of-the-hand-s4.png"
        let found = try Provenance(readingPNG: path)
        // sha256sum in the model's folder, as the documentation of the hash says.
        let script = """
            cd '\(model)' && find * -name '*.safetensors' | LC_ALL=C sort | xargs sha256sum \
            | sha256sum | cut -d' ' -f1
            """
        let hash = try Program.run("/bin/sh", ["-c", script]).outputLines.first
        let version = try Program.run(Program.path, ["--version"]).outputLines.first
        let expected = Provenance(
            prompt: "An X-ray of the hand",
            negativePrompt: "text",
            seed: 3,
            index: 1,
            inferenceStepCount: 2,
            guidanceScale: 4,
            scheduler: "euler",
            width: 64,
            height: 32,
            model: "tiny-radiograph",
            modelSHA256: hash,
            dtype: "bfloat16",
            device: "cpu",
            softwareVersion: version ?? ""
        )
        #expect(found == expected)
        let image = try PixelImage.read(path: path)
        #expect((image.width, image.height) == (64, 32))
        #expect((image.channelCount, image.bitDepth) == (1, 8))
        let packet = try PNGText.read(path: path).first { $0.keyword == PNGText.xmpKeyword }
        #expect(packet?.value.contains("digitalsourcetype/trainedAlgorithmicMedia") == true)
    }

    @Test func `JSON lines tell what is written and what was there`() throws {
        struct Line: Decodable, Equatable {
            let status: String
            let path: String
            let seed: UInt64?
        }
        let arguments = [
            "generate", "A knee", "--seed", "7", "--steps", "1", "--json", "--sheet", "--model",
            model, "-o", folder.path, "-n",
        ]
        let knee = "\(folder.path)/a-knee-s"
        var sheet = "\(folder.path)/sheet.png"
        var lines: [[Line]] = []
        for count in ["1", "2"] {
            let outcome = try Program.run(Program.path, arguments + [count])
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            lines.append(
                try outcome.outputLines.map {
                    try JSONDecoder().decode(Line.self, from: Data($0.utf8))
                }
            )
        }
        #expect(
            lines[0] == [
                Line(status: "written", path: knee + "7.png", seed: 7),
                Line(status: "sheet", path: sheet, seed: nil),
            ]
        )
        sheet = "\(folder.path)/sheet-2.png"
        #expect(
            lines[1] == [
                Line(status: "present", path: knee + "7.png", seed: 7),
                Line(status: "written", path: knee + "8.png", seed: 8),
                Line(status: "sheet", path: sheet, seed: nil),
            ]
        )
    }

    @Test func `the same command run again changes nothing`() throws {
        let arguments = [
            "generate", "A knee", "-n", "2", "--seed", "0", "--steps", "2", "--sheet", "--model",
            model, "-o", folder.path,
        ]
        func bytes() throws -> [Data] { try folder.names().map(folder.data) }
        let first = try Program.run(Program.path, arguments)
        let before = try bytes()
        let second = try Program.run(Program.path, arguments)
        #expect(first.exitCode == 0 && second.exitCode == 0)
        #expect(first.output == second.output)
        #expect(second.errors.contains("2 of them are there already"))
        #expect(try bytes() == before)
        #expect(before.count == 3)
    }

    @Test func `a picture of another request is not overwritten`() throws {
        let first = try Program.generate(
            "A knee",
            "--seed",
            "0",
            "--steps",
            "1",
            "--model",
            model,
            "-o",
            folder.path
        )
        let before = try folder.data("a-knee-s0.png")
        let second = try Program.generate(
            "A knee",
            "--seed",
            "0",
            "--steps",
            "2",
            "--model",
            model,
            "-o",
            folder.path
        )
        #expect(first.exitCode == 0)
        #expect(second.exitCode == 73)
        #expect(second.output.isEmpty)
        #expect(second.errors.contains("\(folder.path)/a-knee-s0.png"))
        #expect(second.errors.contains("steps: 1 there, 2 asked for"))
        #expect(try folder.data("a-knee-s0.png") == before)
    }

    @Test func `a picture is the same in any series`() throws {
        let series = try Program.generate(
            "A knee",
            "-n",
            "3",
            "--seed",
            "5",
            "--steps",
            "2",
            "--scheduler",
            "euler-ancestral",
            "--model",
            model,
            "-o",
            "\(folder.path)/series"
        )
        let single = try Program.generate(
            "A knee",
            "--seed",
            "7",
            "--steps",
            "2",
            "--scheduler",
            "euler-ancestral",
            "--model",
            model,
            "-o",
            "\(folder.path)/single"
        )
        #expect(series.exitCode == 0 && single.exitCode == 0)
        let images = try ["series", "single"].map {
            try PixelImage.read(path: "\(folder.path)/\($0)/a-knee-s7.png")
        }
        #expect(images[0] == images[1])
        let other = try PixelImage.read(path: "\(folder.path)/series/a-knee-s6.png")
        #expect(images[0] != other)
    }

    @Test func `prompts come from a file or the standard input`() throws {
        let prompts = "# views\nA knee\n\n  A hand  \n"
        try folder.write(prompts, to: "prompts.txt")
        let out = "\(folder.path)/out"
        let names = ["\(out)/a-knee-s0.png", "\(out)/a-hand-s0.png"]
        for file in ["\(folder.path)/prompts.txt", "-"] {
            let outcome = try Program.generate(
                "--prompts-file",
                file,
                "--seed",
                "0",
                "--steps",
                "1",
                "--model",
                model,
                "-o",
                out,
                input: prompts
            )
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            #expect(outcome.outputLines == names)
        }
    }

    @Test func `a seed that was not given is told`() throws {
        let outcome = try Program.generate(
            "A knee",
            "--steps",
            "1",
            "--model",
            model,
            "-o",
            folder.path
        )
        let seed = try #require(outcome.errors.firstMatch(of: /seed (\d+)/)).1
        #expect(try folder.names() == ["a-knee-s\(seed).png"])
    }

    @Test func `sheets are marked as synthetic and no picture's request`() throws {
        let outcome = try Program.generate(
            "A knee",
            "A hand",
            "--seed",
            "0",
            "--steps",
            "1",
            "--sheet",
            "--model",
            model,
            "-o",
            folder.path
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let text = try PNGText.read(path: "\(folder.path)/sheet.png")
        #expect(text.map(\.keyword) == [PNGText.xmpKeyword])
        #expect(text.first?.value.contains("trainedAlgorithmicMedia") == true)
        let sheet = try PixelImage.read(path: "\(folder.path)/sheet.png")
        #expect(sheet.width > 128 && sheet.height > 64)
    }
}
