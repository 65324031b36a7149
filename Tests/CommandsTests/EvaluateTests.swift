import Foundation
import Imaging
import TestSupport
import Testing

struct EvaluateTests {
    private let training: TrainingFolder
    private let model = Program.model("tiny-radiograph")
    private static let prompts = ["An X-ray of the hand", "An axial CT slice of the chest"]

    init() throws {
        training = try TrainingFolder()
        try training.folder.write(
            Self.prompts.joined(separator: "\n"),
            to: "prompts.txt"
        )
    }

    private func evaluate(_ words: String...) throws -> Program.Outcome {
        try Program.run(
            Program.path,
            ["evaluate"] + words + ["--model", model, "--data", training.data, "--json"]
        )
    }

    private struct Memorization: Decodable {
        struct Entry: Decodable {
            struct Share: Decodable {
                let count: Int
                let total: Int
            }
            let generated: [Double]
            let heldOut: [Double]
            let suspicious: Share
        }
        let entries: [Entry]

        init(_ outcome: Program.Outcome) throws {
            self = try JSONDecoder().decode(Self.self, from: Data(outcome.output.utf8))
        }
    }

    private func memorization(_ more: String...) throws -> Memorization {
        let outcome = try Program.run(
            Program.path,
            [
                "evaluate", "memorization", "--prompts-file",
                "\(training.folder.path)/prompts.txt", "--samples", "4", "--model", model,
                "--data", training.data, "--json",
            ] + more
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return try Memorization(outcome)
    }

    /// Quantiles of both distances of the pictures in a folder.
    private func memorization(inFolder folder: String) throws -> [[Double]] {
        let outcome = try Program.run(
            Program.path,
            ["evaluate", "memorization", "--folder", folder, "--data", training.data, "--json"]
        )
        return try Memorization(outcome).entries.map(\.generated)
    }

    @Test func `a model whose pictures are its training images is found out`() throws {
        let foreign = try memorization()
        #expect(foreign.entries.count == 2)
        #expect(foreign.entries[0].generated[0] > 5, "noise is far from discs")

        // Its own pictures, of the seeds that the evaluation takes, in place of training images.
        let out = "\(training.folder.path)/out"
        let drawn = try Program.generate(
            "An X-ray of the hand",
            "An axial CT slice of the chest",
            "-n",
            "2",
            "--seed",
            "0",
            "--model",
            model,
            "-o",
            out
        )
        #expect(drawn.exitCode == 0, "\(drawn.errors)")
        for (index, path) in drawn.outputLines.enumerated() {
            let target = "\(training.data)/shapes/images/\(index).png"
            try FileManager.default.removeItem(atPath: target)
            try FileManager.default.copyItem(atPath: path, toPath: target)
        }
        let sheet = "\(training.folder.path)/sheet.png"
        let own = try memorization("--sheet", sheet)
        for entry in own.entries {
            #expect(entry.generated.allSatisfy { abs($0) < 1e-3 }, "\(entry.generated)")
            #expect((entry.suspicious.count, entry.suspicious.total) == (4, 4))
            #expect((entry.heldOut.first ?? 0) > 1e-3)
        }
        #expect(try PixelImage.read(path: sheet).width > 4 * 128)
        let again = try Program.run(
            Program.path,
            [
                "evaluate", "memorization", "--folder", out, "--data", training.data, "--sheet",
                sheet,
            ]
        )
        #expect(again.exitCode == 73)
        #expect(again.errors.hasPrefix("skiagraph: error: \(sheet) exists already"))

        #expect(try memorization(inFolder: out) == own.entries.map(\.generated))

        // A mirror image hides nothing.
        let mirrored = "\(training.folder.path)/mirrored"
        try FileManager.default.createDirectory(
            atPath: mirrored,
            withIntermediateDirectories: false
        )
        for (index, path) in drawn.outputLines.enumerated() {
            let image = try PixelImage.read(path: path)
            try PixelImage(rows: image.rows.map { $0.reversed() })
                .writePNG(to: "\(mirrored)/\(index).png")
        }
        for quantiles in try memorization(inFolder: mirrored) {
            #expect(quantiles.allSatisfy { abs($0) < 1e-3 }, "\(quantiles)")
        }
    }

    @Test func `pictures in a folder are counted by the prompts that they carry`() throws {
        struct Report: Decodable {
            struct Entry: Decodable {
                let prompt: String
                let expected: String
                let seen: [String]
                let files: [String]
            }
            let entries: [Entry]
        }
        let out = "\(training.folder.path)/out"
        let drawn = try Program.generate(
            "An X-ray of the hand",
            "An X-ray of the hand, PA view",
            "A picture of nothing",
            "-n",
            "2",
            "--seed",
            "5",
            "--sheet",
            "--model",
            model,
            "-o",
            out
        )
        #expect(drawn.exitCode == 0, "\(drawn.errors)")
        // The prompt is in the file, whatever its name.
        try FileManager.default.moveItem(
            atPath: "\(out)/an-x-ray-of-the-hand-s5.png",
            toPath: "\(out)/knee.png"
        )
        let outcome = try Program.run(
            Program.path,
            ["evaluate", "recognition", "--folder", out, "--json"]
        )
        #expect(outcome.errors.contains("2 of 6 pictures ask for no known class"))
        let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
        #expect(
            report.entries.map(\.prompt)
                == ["An X-ray of the hand", "An X-ray of the hand, PA view"]
        )
        #expect(report.entries.map(\.expected) == ["XR hand", "XR hand"])
        #expect(report.entries[0].files == ["an-x-ray-of-the-hand-s6.png", "knee.png"])
        #expect(report.entries.allSatisfy { $0.seen.count == 2 })
    }

    @Test func `bfloat16 reproduces images nearly as float32 does`() throws {
        struct Report: Decodable {
            struct Entry: Decodable {
                let name: String
                let count: Int
                let psnrMean: Double
            }
            let entries: [Entry]
        }
        let values = try ["float32", "bfloat16"].map { dtype in
            let outcome = try evaluate("reconstruction", "--dtype", dtype)
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
            let all = try #require(report.entries.last)
            #expect((all.name, all.count) == ("all", 2))
            return all.psnrMean
        }
        #expect(values[0] != values[1], "the numbers are of two types")
        #expect(abs(values[0] - values[1]) < 1, "\(values) dB")
    }

    @Test func `a GPU that is not there is told`() throws {
        let outcome = try evaluate("reconstruction", "--device", "cuda")
        // On a machine with one it works.
        #expect([0, 69].contains(outcome.exitCode))
        if outcome.exitCode == 69 { #expect(outcome.errors.contains("no GPU can be used")) }
    }
}
