import Foundation
import Imaging
import TestSupport
import Testing

/// What a run tells of itself while it goes on.
struct ValidationTests {
    private let training: TrainingFolder

    init() throws { training = try TrainingFolder(stepCount: 4) }

    private func run(_ method: String, _ name: String, interval: Int) throws {
        let path = method == "vae" ? training.autoencoderSettings : training.fineTuningSettings
        try training.set(
            [
                "validation": [
                    "interval": interval, "inferenceStepCount": 2, "pictureCount": 2,
                    "prompts": method == "vae" ? [] : ["A hand", "A chest"],
                ] as [String: Any]
            ],
            in: path
        )
        let outcome = try Program.run(Program.path, training.arguments(method, run: name))
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }

    /// What TensorBoard's own reader finds in a run.
    private struct Events: Decodable {
        struct Scalar: Decodable {
            let step: Int
            let value: Double
        }
        struct Picture: Decodable {
            let step: Int
            let width: Int
        }
        let scalars: [String: [Scalar]]
        let images: [String: [Picture]]
    }

    private func events(_ run: String) throws -> Events {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../..").standardized
        let outcome = try Program.run(
            root.appending(path: ".venv-tensorboard/bin/python").path,
            [
                root.appending(path: "Tests/TrainingTests/read-events.py").path,
                "\(training.folder.path)/\(run)/events",
            ]
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Events.self, from: Data(outcome.output.utf8))
    }

    @Test(arguments: [("vae", 64), ("lora", 64)])
    func `pictures and loss are kept as files and as events`(method: String, width: Int) throws {
        try run(method, "run", interval: 2)
        let rows = try training.folder.text("run/validation.csv").split(separator: "\n")
            .map { $0.split(separator: ",") }
        #expect(rows.map(\.first) == ["step", "2", "4"])
        let events = try events("run")
        let losses = try #require(events.scalars["validation/loss"])
        #expect(losses.map(\.step) == [2, 4])
        for (row, event) in zip(rows.dropFirst(), losses) {
            let value = try #require(Double(row[1]))
            #expect(abs(value - event.value) < 1e-5 * value)
        }
        let pictures = events.images.filter { $0.key.hasPrefix("validation/") }
        #expect(pictures.count == 2)
        for series in pictures.values {
            #expect(series.map(\.step) == [2, 4])
            #expect(series.map(\.width) == [width, width])
        }
        #expect(events.scalars["train/loss"]?.map(\.step) == [4])
        #expect(events.scalars["train/learning rate"] != nil)
        for name in ["step-0000002.png", "step-0000004.png"] {
            let sheet = try PixelImage.read(path: "\(training.folder.path)/run/validation/\(name)")
            #expect(sheet.width > 2 * width)
        }
    }

    @Test(arguments: ["vae", "lora"])
    func `a run learns the same whether it is looked at or not`(method: String) throws {
        try run(method, "seen", interval: 1)
        try run(method, "unseen", interval: 0)
        let (seen, unseen) = (
            try training.folder.data("seen/checkpoint.safetensors"),
            try training.folder.data("unseen/checkpoint.safetensors")
        )
        #expect(seen == unseen)
        #expect(try training.losses(run: "seen") == training.losses(run: "unseen"))
        let names = try FileManager.default.contentsOfDirectory(
            atPath: "\(training.folder.path)/unseen"
        )
        #expect(!names.contains("validation"))
    }
}
