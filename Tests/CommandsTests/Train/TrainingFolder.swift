import Foundation
import TestSupport
import Imaging

/// A small set of pictures to train on, and the settings of tiny models.
struct TrainingFolder {
    let folder: TemporaryFolder
    /// The folder of sets.
    var data: String { folder.path + "/data" }
    /// The settings of an autoencoder of a few thousand weights.
    var autoencoderSettings: String { folder.path + "/vae.json" }
    /// The settings of a UNet and a text encoder that fit tiny-radiograph's autoencoder and tokenizer.
    var diffusionSettings: String { folder.path + "/scratch.json" }

    /// The settings of a LoRA or of fine-tuning tiny-radiograph.
    var fineTuningSettings: String { folder.path + "/fine-tuning.json" }

    /// Writes pictures and settings; all checkpoint intervals are 0, which saves after each step.
    init(stepCount: Int = 12, side: Int = 64) throws {
        folder = try TemporaryFolder()
        let set = folder.path + "/data/shapes/images"
        try FileManager.default.createDirectory(atPath: set, withIntermediateDirectories: true)
        var rows = ["file,modality,anatomy,view,finding,sex,age,prompt,licence,split"]
        for index in 0..<10 {
            try Self.picture(index, side: side).writePNG(to: "\(set)/\(index).png")
            let (modality, anatomy) = index % 2 == 0 ? ("XR", "hand") : ("CT", "chest")
            let prompt = index % 2 == 0 ? "An X-ray of the hand" : "An axial CT slice of the chest"
            rows.append(
                "images/\(index).png,\(modality),\(anatomy),,,,,\(prompt),CC0 1.0,"
                    + (index < 8 ? "train" : "test")
            )
        }
        try folder.write(rows.joined(separator: "\n") + "\n", to: "data/shapes/manifest.csv")
        let optimization: [String: Any] = [
            "stepCount": stepCount, "batchSize": 2, "checkpointInterval": 0, "seed": 3,
            "warmupStepCount": 2,
        ]
        let autoencoder: [String: Any] = [
            "_class_name": "AutoencoderKL", "block_out_channels": [4, 8],
            "down_block_types": Array(repeating: "DownEncoderBlock2D", count: 2),
            "up_block_types": Array(repeating: "UpDecoderBlock2D", count: 2),
            "in_channels": 1, "out_channels": 1, "latent_channels": 2, "layers_per_block": 1,
            "norm_num_groups": 2, "sample_size": 32, "mid_block_add_attention": false,
        ]
        try write(
            [
                "model": autoencoder, "cropSide": 16, "optimization": optimization,
                "validation": ["interval": 0],
            ],
            to: autoencoderSettings
        )
        try write(
            [
                "unet": Self.configuration("unet"),
                "textEncoder": Self.configuration("text_encoder"),
                "optimization": optimization,
                "validation": ["interval": 0],
            ],
            to: diffusionSettings
        )
        // Large steps, so that a few of them show.
        let fast = optimization.merging(["learningRate": 0.01, "emaDecay": 0.5]) { $1 }
        try write(
            ["side": 64, "optimization": fast, "validation": ["interval": 0]],
            to: fineTuningSettings
        )
    }

    /// A disc whose place and brightness depend on the index.
    private static func picture(_ index: Int, side: Int) throws -> PixelImage {
        let center = Double(side) * (0.3 + 0.04 * Double(index))
        let grey = (0..<side * side).map { position -> UInt8 in
            let (across, down) = (
                Double(position % side) - center, Double(position / side) - center
            )
            let isInside = across * across + down * down < Double(side * side) / 16
            return isInside ? UInt8(120 + 10 * index) : UInt8(position % side)
        }
        return try PixelImage(width: side, height: side, grey: grey)
    }

    private static func configuration(_ component: String) throws -> Any {
        let path = "\(Program.model("tiny-radiograph"))/\(component)/config.json"
        return try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
    }

    private func write(_ object: [String: Any], to path: String) throws {
        try JSONSerialization.data(withJSONObject: object).write(to: URL(filePath: path))
    }

    /// Changes settings in a file.
    func set(_ settings: [String: Any], in path: String) throws {
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
        let former = object as? [String: Any] ?? [:]
        try write(former.merging(settings) { $1 }, to: path)
    }

    /// The words of a command that trains into `run`.
    func arguments(_ method: String, run: String) -> [String] {
        switch method {
        case "vae":
            [
                "train", "vae", "--data", data, "--config", autoencoderSettings,
                "--out", "\(folder.path)/\(run)",
            ]
        default:
            [
                "train", method, "--data", data, "--config",
                method == "scratch" ? diffusionSettings : fineTuningSettings, "--model",
                Program.model("tiny-radiograph"), "--out", "\(folder.path)/\(run)",
            ]
        }
    }

    /// The lines of a run's log without the column of seconds.
    func losses(run: String) throws -> [String] {
        try folder.text("\(run)/log.csv").split(separator: "\n").map { line in
            var cells = line.split(separator: ",")
            cells.remove(at: 1)
            return cells.joined(separator: ",")
        }
    }

    /// Waits until the run has a checkpoint of at least that step, or its process ends.
    func waitForStep(_ step: Int, run: String, of running: Program.Running) throws {
        let path = "\(folder.path)/\(run)/checkpoint.safetensors"
        while running.process.isRunning {
            if let file = FileHandle(forReadingAtPath: path),
                let head = try file.read(upToCount: 4_096),
                let found = String(decoding: head, as: UTF8.self)
                    .firstMatch(of: /"step":"(\d+)"/).flatMap({ Int($0.1) }), found >= step
            {
                return
            }
            usleep(2_000)
        }
    }
}
