import Foundation
import Models
import Pipelines
import TestSupport
import Tensors
import Testing

/// Images with low-rank changes, against those of diffusers' `load_lora_weights`.
struct LoRATests {
    /// Files of Tests/Goldens/lora and how much of each is added.
    struct Run: CustomTestStringConvertible {
        let model: String
        let name: String
        let files: [(name: String, weight: Double)]
        var golden = "images"

        var testDescription: String { name }

        var loras: [LoRA] {
            files.map { LoRA(path: LoRATests.path($0.name), weight: $0.weight) }
        }

        static let all = [
            Run(model: "tiny-sd1", name: "sd1-all", files: [("sd1-all", 1)]),
            Run(model: "tiny-sd1", name: "sd1-all-0.5", files: [("sd1-all", 0.5)]),
            Run(model: "tiny-sd1", name: "sd1-kohya", files: [("sd1-kohya", 1)]),
            Run(
                model: "tiny-sd1",
                name: "sd1-both",
                files: [("sd1-all", 0.5), ("sd1-kohya", -0.25)]
            ),
            Run(
                model: "tiny-radiograph",
                name: "radiograph-attention",
                files: [("radiograph-attention", 1)]
            ),
            Run(
                model: "tiny-radiograph",
                name: "radiograph-attention-0.5",
                files: [("radiograph-attention", 0.5)]
            ),
            Run(
                model: "tiny-radiograph",
                name: "own",
                files: [("own", 1)],
                golden: "own-images"
            ),
        ]
    }

    private static func path(_ name: String) -> String {
        Goldens.folder.appending(path: "lora/\(name).safetensors").path
    }

    private func levels(_ model: String, _ loras: [LoRA]) async throws -> [[Int]] {
        let engine = try TextToImageEngine(
            modelFolder: Goldens.model(model).path,
            loras: loras
        )
        let requests = GoldenRun.requests(model: model, scheduler: nil)
        return try await engine.generate(requests).map { $0.bytes.map(Int.init) }
    }

    @Test(arguments: Run.all)
    func `an image differs from that of diffusers by at most one level`(run: Run) async throws {
        let images = try await levels(run.model, run.loras)
        let expected = try Goldens.tensors("lora/\(run.golden).safetensors")[run.name]
        #expect(images.count == expected.size(0))
        for (index, image) in images.enumerated() {
            let golden = try withTorchErrors { try expected.selected(0, index).bytes() }
            #expect(image.count == golden.count)
            let differences = zip(image, golden).map { abs($0 - Int($1)) }
            #expect(differences.max() ?? 256 <= 1)
        }
    }

    @Test func `changes of weight 0 leave the image as it is`() async throws {
        let plain = try await levels("tiny-sd1", [])
        #expect(
            try await levels("tiny-sd1", [LoRA(path: Self.path("sd1-all"), weight: 0)]) == plain
        )
        #expect(try await levels("tiny-sd1", [LoRA(path: Self.path("sd1-all"))]) != plain)
    }
}
