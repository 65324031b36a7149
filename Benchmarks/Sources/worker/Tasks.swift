import Layers
import Models
import Pipelines
import Tensors

/// What is measured; each model is loaded when first needed and then kept.
final class Tasks {
    private let modelFolder: String
    private let dtype: DType
    private var prepared: [String: () async throws -> Void] = [:]

    init(modelFolder: String, dtype: DType) {
        self.modelFolder = modelFolder
        self.dtype = dtype
    }

    /// The work of a task, loaded and run once, so that what is timed next is the work itself.
    func prepare(_ name: String) async throws -> () async throws -> Void {
        if let work = prepared[name] { return work }
        let work = try load(name)
        try await work()
        prepared[name] = work
        return work
    }

    private func load(_ name: String) throws -> () async throws -> Void {
        let words = name.split(separator: " ")
        switch words.first {
        case "matmul": return matmul()
        case "text": return try textEncoder()
        case "unet": return try unetStep()
        case "vae": return try decoder()
        case "lora", "scratch": return try training(name)
        case "image": return try image(stepCount: words.last.flatMap { Int($0) } ?? 25)
        default: throw UnknownTask(name: name)
        }
    }

    /// The product of two 4096 x 4096 matrices, for the machine's peak.
    private func matmul() -> () throws -> Void {
        let generator = Generator(seed: 1)
        let left = Tensor.randn([4096, 4096], generator: generator).to(dtype)
        let right = Tensor.randn([4096, 4096], generator: generator).to(dtype)
        return { try withTorchErrors { _ = left.matmul(right) } }
    }

    /// Two prompts of 77 tokens, as guidance needs them.
    private func textEncoder() throws -> () throws -> Void {
        let model = try ModelFolder(path: modelFolder).loadTextEncoder(dtype: dtype)
        let tokenIDs = Tensor.randint(0..<3000, [2, 77], generator: Generator(seed: 2))
        return { try withTorchErrors { withoutGradients { _ = model(tokenIDs) } } }
    }

    /// One prediction for a batch of two, with and without the prompt.
    private func unetStep() throws -> () throws -> Void {
        let model = try ModelFolder(path: modelFolder).loadUNet(dtype: dtype)
        let configuration = model.configuration
        let side = configuration.sampleSize ?? 64
        let generator = Generator(seed: 3)
        let sample = Tensor.randn(
            [2, configuration.inputChannels, side, side],
            generator: generator
        )
        .to(dtype)
        let states = Tensor.randn([2, 77, configuration.crossAttentionWidth], generator: generator)
            .to(dtype)
        // As in a run: what depends on the prompt alone is computed in the first step and kept.
        let context = CrossAttentionContext(states)
        let timestep = Tensor([500], [1])
        return {
            try withTorchErrors {
                withoutGradients { _ = model(sample, timestep: timestep, context: context) }
            }
        }
    }

    /// One image from its latents.
    private func decoder() throws -> () throws -> Void {
        let folder = try ModelFolder(path: modelFolder)
        let model = try folder.loadAutoencoder(dtype: dtype)
        let side = try folder.unetConfiguration().sampleSize ?? 64
        let shape = [1, model.configuration.latentChannels, side, side]
        let latents = Tensor.randn(shape, generator: Generator(seed: 4)).to(dtype)
        return { try withTorchErrors { withoutGradients { _ = model.decode(latents) } } }
    }

    /// One optimizer step.
    private func training(_ name: String) throws -> () throws -> Void {
        guard let kind = TrainingTask.Kind(rawValue: name) else { throw UnknownTask(name: name) }
        let task = try TrainingTask(kind, modelFolder: modelFolder, dtype: dtype)
        return { try task.step() }
    }

    /// A whole image with guidance, from a prompt that was not asked for before.
    private func image(stepCount: Int) throws -> () async throws -> Void {
        let engine = try TextToImageEngine(modelFolder: modelFolder, dtype: dtype)
        var seed: UInt64 = 0
        return {
            seed += 1
            let request = TextToImageRequest(
                prompt: "An X-ray of the hand, number \(seed)",
                seed: seed,
                inferenceStepCount: seed == 1 ? 2 : stepCount,  // the first is not timed
                guidanceScale: 5,
                width: engine.defaults.width,
                height: engine.defaults.height
            )
            _ = try await engine.generate([request])
        }
    }
}

/// A line of standard input names no task.
struct UnknownTask: Error {
    let name: String
}
