public import Tensors

/// A Stable Diffusion model on disk, in the folder layout of diffusers.
///
/// Opening it reads model_index.json only; each component is read when asked for.
public struct ModelFolder: Sendable {
    /// Where the folder is.
    public let path: String
    /// What is added to the weights of the UNet and the text encoder when they are read.
    public let loras: [LoRA]
    private let variant: String?
    private let classNames: [String: String]

    private static let supportedPipelines = [
        "StableDiffusionPipeline", "StableDiffusionImg2ImgPipeline",
        "StableDiffusionInpaintPipeline",
    ]

    /// Opens the folder at `path`.
    ///
    /// - Parameters:
    ///   - path: a folder with a model_index.json.
    ///   - variant: the weights to read, such as `fp16`; nil takes the plain files, or else `fp16`.
    ///   - loras: low-rank changes to add to the weights.
    /// - Throws: `ModelsError` where there is no such folder, or a model of another kind in it.
    public init(path: String, variant: String? = nil, loras: [LoRA] = []) throws {
        self.path = path
        self.loras = loras
        self.variant = variant
        let content = try ModelFile.content(of: path)
        guard content.contains("model_index.json") else {
            throw ModelsError.noModelIndex(folder: path, found: content)
        }
        let indexPath = "\(path)/model_index.json"
        let index = try ModelFile.decode([String: JSONValue].self, from: indexPath)
        guard case .string(let pipeline) = index["_class_name"] else {
            throw ModelsError.invalidJSON(path: indexPath, reason: "it has no _class_name")
        }
        guard Self.supportedPipelines.contains(pipeline) else {
            throw ModelsError.unsupportedClass(
                path: indexPath,
                component: "the pipeline",
                found: pipeline,
                supported: Self.supportedPipelines
            )
        }
        classNames = index.compactMapValues { entry in
            guard case .list(let names) = entry, names.count == 2, case .string(let name) = names[1]
            else { return nil }
            return name
        }
    }

    // MARK: - Components

    /// What the UNet's config.json says.
    ///
    /// - Throws: `ModelsError`.
    public func unetConfiguration() throws -> UNet2DConditionModel.Configuration {
        try configuration("unet", of: ["UNet2DConditionModel"])
    }

    /// What the autoencoder's config.json says.
    ///
    /// - Throws: `ModelsError`.
    public func autoencoderConfiguration() throws -> AutoencoderKL.Configuration {
        try configuration("vae", of: ["AutoencoderKL"])
    }

    /// What the text encoder's config.json says.
    ///
    /// - Throws: `ModelsError`.
    public func textEncoderConfiguration() throws -> CLIPTextModel.Configuration {
        try configuration("text_encoder", of: ["CLIPTextModel"])
    }

    /// Reads the UNet.
    ///
    /// - Parameters:
    ///   - dtype: the type of its weights, whatever the file has.
    ///   - device: where its weights go.
    /// - Returns: the model; weights that need no conversion stay in the mapped file.
    /// - Throws: `ModelsError`, `WeightError`, `SafetensorsError` or `TorchError`.
    public func loadUNet(dtype: DType = .float32, device: Device = .cpu) throws
        -> UNet2DConditionModel
    {
        let configuration = try unetConfiguration()
        let weights = try weights("unet", "diffusion_pytorch_model")
        let loader = WeightLoader(weights, dtype: dtype, device: device)
        try loader.add(loras, to: .unet)
        return try inConfigurationFile("unet") {
            try loader.load { try UNet2DConditionModel(configuration, at: $0) }
        }
    }

    /// Reads the autoencoder; parameters and errors are those of `loadUNet`.
    public func loadAutoencoder(dtype: DType = .float32, device: Device = .cpu) throws
        -> AutoencoderKL
    {
        let configuration = try autoencoderConfiguration()
        let weights = try weights("vae", "diffusion_pytorch_model")
        let loader = WeightLoader(
            weights,
            dtype: dtype,
            device: device,
            formerNames: AutoencoderKL.formerNames(of:)
        )
        return try inConfigurationFile("vae") {
            try loader.load { try AutoencoderKL(configuration, at: $0) }
        }
    }

    /// Reads the text encoder; parameters and errors are those of `loadUNet`.
    public func loadTextEncoder(dtype: DType = .float32, device: Device = .cpu) throws
        -> CLIPTextModel
    {
        let configuration = try textEncoderConfiguration()
        let loader = WeightLoader(
            try weights("text_encoder", "model"),
            dtype: dtype,
            device: device,
            formerNames: CLIPTextModel.formerNames(of:),
            ignores: CLIPTextModel.ignores(_:)
        )
        try loader.add(loras, to: .textEncoder)
        return try inConfigurationFile("text_encoder") {
            try loader.load { try CLIPTextModel(configuration, at: $0) }
        }
    }

    /// Reads the tokenizer.
    ///
    /// - Throws: `ModelsError`, `TokenizerError`.
    public func loadTokenizer() throws -> CLIPTokenizer {
        let folder = try componentFolder("tokenizer", of: ["CLIPTokenizer", "CLIPTokenizerFast"])
        return try CLIPTokenizer(folder: folder)
    }

    /// The path of the scheduler's configuration; which schedulers there are is not a model's business.
    ///
    /// - Throws: `ModelsError` where the folder has none.
    public func schedulerConfigurationPath() throws -> String {
        try componentFolder("scheduler", of: nil) + "/scheduler_config.json"
    }

    // MARK: - Parts of components

    /// The folder of a component, if model_index.json names one of a class in `supported`.
    private func componentFolder(_ component: String, of supported: [String]?) throws -> String {
        guard let className = classNames[component] else {
            let named = classNames.keys.sorted()
            throw ModelsError.missingComponent(folder: path, component: component, found: named)
        }
        if let supported, !supported.contains(className) {
            throw ModelsError.unsupportedClass(
                path: "\(path)/model_index.json",
                component: component,
                found: className,
                supported: supported
            )
        }
        let content = try ModelFile.content(of: path)
        guard content.contains(component) else {
            throw ModelsError.missingComponent(folder: path, component: component, found: content)
        }
        return "\(path)/\(component)"
    }

    private func configuration<Configuration: Decodable>(
        _ component: String,
        of supported: [String]
    ) throws -> Configuration {
        let folder = try componentFolder(component, of: supported)
        return try inConfigurationFile(component) {
            try ModelFile.decode(Configuration.self, from: "\(folder)/config.json")
        }
    }

    private func weights(_ component: String, _ baseName: String) throws -> SafetensorsCheckpoint {
        try SafetensorsCheckpoint(
            folder: "\(path)/\(component)",
            baseName: baseName,
            variant: variant
        )
    }

    /// Names the config.json in errors about what it says.
    private func inConfigurationFile<Result>(_ component: String, _ body: () throws -> Result)
        throws
        -> Result
    {
        do {
            return try body()
        } catch let error as ModelsError {
            switch error {
            case .unsupportedOption, .invalidOption:
                throw ModelsError.configuration(path: "\(path)/\(component)/config.json", error)
            default: throw error
            }
        }
    }
}
