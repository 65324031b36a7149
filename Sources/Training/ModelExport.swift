import Foundation
public import Models
public import Schedulers
public import Tensors

/// A tensor and its key in a checkpoint.
public typealias NamedTensor = (name: String, tensor: Tensor)

/// Writes trained components as a diffusers model folder, in half precision.
public struct ModelExport {
    private let folder: String

    /// Prepares to write into `folder`, which is made where it is missing.
    public init(folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
    }

    /// Writes `vae/`.
    public func write(
        _ configuration: AutoencoderKL.Configuration,
        _ weights: some Sequence<NamedTensor>
    ) throws {
        try write("vae", configuration, "diffusion_pytorch_model", weights)
    }

    /// Writes `unet/`.
    public func write(
        _ configuration: UNet2DConditionModel.Configuration,
        _ weights: some Sequence<NamedTensor>
    ) throws {
        try write("unet", configuration, "diffusion_pytorch_model", weights)
    }

    /// Writes `text_encoder/`.
    public func write(
        _ configuration: CLIPTextModel.Configuration,
        _ weights: some Sequence<NamedTensor>
    ) throws {
        try write("text_encoder", configuration, "model", weights)
    }

    /// Writes `pytorch_lora_weights.safetensors`, which diffusers' `load_lora_weights` reads.
    ///
    /// - Parameters:
    ///   - adapters: the matrices under peft's keys, each with its model's name before it.
    ///   - scale: α/r; it is multiplied into B, so that a reader that knows no α is right too.
    /// - Throws: what the file system answers.
    public func write(adapters: some Sequence<NamedTensor>, scale: Double) throws {
        try withTorchErrors {
            let halves = adapters.map { name, tensor in
                let isUp = name.hasSuffix(".lora_B.weight")
                return (name, (isUp ? tensor * scale : tensor).contiguous().to(.float16))
            }
            try Safetensors.write(
                halves,
                metadata: ["format": "pt"],
                to: folder + "/pytorch_lora_weights.safetensors"
            )
        }
    }

    /// Writes `scheduler/`.
    public func write(_ scheduler: SchedulerConfiguration) throws {
        try write(json: scheduler, to: "scheduler/scheduler_config.json")
    }

    /// Copies the component folder `name` of another model folder.
    public func copy(_ name: String, from other: String) throws {
        let (source, target) = (other + "/" + name, folder + "/" + name)
        guard
            URL(fileURLWithPath: source).standardizedFileURL
                != URL(fileURLWithPath: target).standardizedFileURL
        else { return }
        try? FileManager.default.removeItem(atPath: target)
        try FileManager.default.copyItem(atPath: source, toPath: target)
    }

    /// Copies another model folder but for some of its components, with its licence.
    ///
    /// Its other files, such as curves of its training, tell of that model and not of this one.
    public func copyModel(from other: String, except components: [String]) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: other).sorted()
        where !components.contains(name) && !name.hasPrefix(".") {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(other)/\(name)", isDirectory: &isFolder)
            let isLicence = name.lowercased().hasPrefix("licen")
            guard isFolder.boolValue || isLicence || name == "model_index.json" else { continue }
            try copy(name, from: other)
        }
    }

    /// Writes model_index.json for the components that the folder now has.
    ///
    /// - Parameters:
    ///   - inferenceStepCount: the default of `generate`.
    ///   - guidanceScale: the default of `generate`.
    ///   - guidanceStartTimestep: the noisiest timestep that is guided; nil where all are.
    /// - Throws: what the file system answers.
    public func writeIndex(
        inferenceStepCount: Int,
        guidanceScale: Double,
        guidanceStartTimestep: Double? = nil
    ) throws {
        let classes = [
            "vae": ["diffusers", "AutoencoderKL"],
            "unet": ["diffusers", "UNet2DConditionModel"],
            "text_encoder": ["transformers", "CLIPTextModel"],
            "tokenizer": ["transformers", "CLIPTokenizer"],
            "scheduler": ["diffusers", "DPMSolverMultistepScheduler"],
        ]
        var index: [String: Any] = classes.filter { name, _ in
            FileManager.default.fileExists(atPath: folder + "/" + name)
        }
        index["_class_name"] = "StableDiffusionPipeline"
        var defaults: [String: Any] = [
            "num_inference_steps": inferenceStepCount, "guidance_scale": guidanceScale,
        ]
        defaults["guidance_start_timestep"] = guidanceStartTimestep
        index["_skiagraph_defaults"] = defaults
        for absent in ["safety_checker", "feature_extractor", "image_encoder"] {
            index[absent] = [NSNull(), NSNull()]
        }
        index["requires_safety_checker"] = false
        let data = try JSONSerialization.data(
            withJSONObject: index,
            options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        )
        try write(data, to: "model_index.json")
    }

    private func write(
        _ name: String,
        _ configuration: some Encodable,
        _ baseName: String,
        _ weights: some Sequence<NamedTensor>
    ) throws {
        try write(json: configuration, to: name + "/config.json")
        try withTorchErrors {
            let halves = weights.map { ($0.name, $0.tensor.contiguous().to(.float16)) }
            try Safetensors.write(
                halves,
                metadata: ["format": "pt"],
                to: folder + "/" + name + "/" + baseName + ".safetensors"
            )
        }
    }

    private func write(json value: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try write(encoder.encode(value), to: path)
    }

    private func write(_ data: Data, to path: String) throws {
        let url = URL(fileURLWithPath: folder + "/" + path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try (data + Data("\n".utf8)).write(to: url, options: .atomic)
    }
}
