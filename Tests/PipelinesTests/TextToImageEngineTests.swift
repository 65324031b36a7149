import Foundation
import Imaging
import Pipelines
import Schedulers
import Synchronization
import Tensors
import TestSupport
import Testing

/// Whole images through the public door.
struct TextToImageEngineTests {
    @Test(arguments: GoldenRun.all)
    func `an image differs from that of diffusers by at most one level`(run: GoldenRun)
        async throws
    {
        let images = try await GoldenRun.engine(run.model).generate(run.requests)
        let goldens = try Goldens.tensors("pipelines/\(run.model).safetensors")
        let expected = try goldens["\(run.kind.rawValue).images"]
        #expect(images.count == expected.size(0))
        for (index, image) in images.enumerated() {
            let golden = try withTorchErrors { expected.selected(0, index) }
            #expect([image.height, image.width, image.channelCount] == golden.shape)
            let differences = zip(image.bytes, try golden.bytes()).map { abs(Int($0) - Int($1)) }
            #expect(differences.count == golden.elementCount)
            #expect(differences.max() ?? 256 <= 1)
        }
    }

    @Test(arguments: ["tiny-sd1", "tiny-radiograph"], [SchedulerKind?.none, .eulerAncestral])
    func `an image is the same alone, among seven, and again`(
        model: String,
        scheduler: SchedulerKind?
    ) async throws {
        let engine = try GoldenRun.engine(model)
        let requests = GoldenRun.requests(model: model, scheduler: scheduler, count: 7)
        let together = try await engine.generate(requests)
        #expect(try await GoldenRun.engine(model).generate(requests) == together)
        for (request, image) in zip(requests, together) {
            #expect(try await engine.generate([request]) == [image])
        }
        #expect(Set(together).count == 7)
    }

    @Test func `bfloat16 makes nearly the image of float32`() async throws {
        let requests = GoldenRun.requests(model: "tiny-sd2", scheduler: nil)
        let exact = try await GoldenRun.engine("tiny-sd2").generate(requests)
        let engine = try TextToImageEngine(
            modelFolder: Goldens.model("tiny-sd2").path,
            dtype: .bfloat16
        )
        for (image, exact) in zip(try await engine.generate(requests), exact) {
            let differences = zip(image.bytes, exact.bytes).map { abs(Int($0) - Int($1)) }
            #expect(differences.reduce(0, +) > 0)
            #expect(Double(differences.reduce(0, +)) / Double(differences.count) < 12)
        }
    }

    @Test func `the negative prompt matters only with guidance`() async throws {
        let engine = try GoldenRun.engine("tiny-sd1")
        var request = GoldenRun.requests(model: "tiny-sd1", scheduler: .ddim, count: 1)[0]
        var other = request
        other.negativePrompt = "fracture"
        #expect(try await engine.generate([request]) != engine.generate([other]))
        request.guidanceScale = 1
        other.guidanceScale = 1
        #expect(try await engine.generate([request]) == engine.generate([other]))
    }

    @Test func `timesteps before the start of guidance follow the prompt alone`() async throws {
        var request = GoldenRun.requests(model: "tiny-sd1", scheduler: .ddim, count: 1)[0]
        let guided = try await GoldenRun.engine("tiny-sd1").generate([request])[0]
        func image(guidedFrom timestep: Int) async throws -> PixelImage {
            let model = try TemporaryModel(copying: "tiny-sd1")
            try model.state(defaults: #"{"guidance_start_timestep": \#(timestep)}"#)
            return try await TextToImageEngine(modelFolder: model.path).generate([request])[0]
        }
        #expect(try await image(guidedFrom: 1_000) == guided)
        let between = try await image(guidedFrom: 500)
        let never = try await image(guidedFrom: -1)
        request.guidanceScale = 1
        let unguided = try await GoldenRun.engine("tiny-sd1").generate([request])[0]
        #expect(zip(never.bytes, unguided.bytes).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
        #expect(between != guided)
        #expect(between != never)
    }

    @Test func `progress counts images and steps`() async throws {
        let engine = try GoldenRun.engine("tiny-radiograph")
        let reports = Mutex<[GenerationProgress]>([])
        _ = try await engine.generate(
            GoldenRun.requests(model: "tiny-radiograph", scheduler: nil)
        ) { progress in reports.withLock { $0.append(progress) } }
        let expected = (0..<2).flatMap { image in
            (1...10).map {
                GenerationProgress(imageIndex: image, imageCount: 2, step: $0, stepCount: 10)
            }
        }
        #expect(reports.withLock { $0 } == expected)
    }

    @Test func `cancelling ends the work after the current step`() async throws {
        let engine = try GoldenRun.engine("tiny-radiograph")
        let requests = GoldenRun.requests(model: "tiny-radiograph", scheduler: nil)
        let (reports, continuation) = AsyncStream<GenerationProgress>.makeStream()
        let task = Task {
            try await engine.generate(requests) { progress in
                continuation.yield(progress)
                if progress.step == 3 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        continuation.finish()
        #expect(await reports.reduce(0) { count, _ in count + 1 } == 3)
    }

    @Test func `weights that give NaN are an error and not a black image`() async throws {
        let folder = try TemporaryModel(copying: "tiny-radiograph")
        try folder.poison("unet/diffusion_pytorch_model.safetensors", tensor: "conv_out.bias")
        let engine = try TextToImageEngine(modelFolder: folder.path)
        let request = GoldenRun.requests(model: "tiny-radiograph", scheduler: nil, count: 1)[0]
        await #expect(
            throws: PipelineError.notFinite(prompt: request.prompt, seed: 7, step: 1)
        ) { try await engine.generate([request]) }
    }

    @Test func `an autoencoder that gives NaN is an error and not a black image`() async throws {
        let folder = try TemporaryModel(copying: "tiny-radiograph")
        try folder.poison(
            "vae/diffusion_pytorch_model.safetensors",
            tensor: "decoder.conv_out.bias"
        )
        let engine = try TextToImageEngine(modelFolder: folder.path)
        let request = GoldenRun.requests(model: "tiny-radiograph", scheduler: nil, count: 1)[0]
        await #expect(
            throws: PipelineError.notFinite(prompt: request.prompt, seed: 7, step: nil)
        ) { try await engine.generate([request]) }
    }
}
