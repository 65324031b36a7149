import Foundation
import Pipelines
import Schedulers
import TestSupport
import Testing

struct PipelineConfigurationTests {
    private func request(
        width: Int = 64,
        height: Int = 64,
        steps: Int = 10,
        guidance: Double = 7.5
    ) -> TextToImageRequest {
        TextToImageRequest(
            prompt: "hand",
            seed: 0,
            inferenceStepCount: steps,
            guidanceScale: guidance,
            width: width,
            height: height
        )
    }

    private func configuration(_ name: String = "tiny-sd1") throws -> PipelineConfiguration {
        try PipelineConfiguration(modelFolder: Goldens.model(name).path)
    }

    @Test(arguments: [(0, 64), (64, -8), (60, 64), (64, 63)])
    func `sides are positive multiples of the autoencoder's factor`(width: Int, height: Int) throws
    {
        let factor = try configuration().downsamplingFactor
        let error = PipelineError.invalidSize(width: width, height: height, multiple: factor)
        #expect(throws: error) {
            try configuration().validate(request(width: width, height: height))
        }
        #expect(error.description.contains("multiples of 8"))
    }

    @Test func `an absurd size is refused with the memory it would take`() throws {
        let error = #expect(throws: PipelineError.self) {
            try configuration().validate(request(width: 1_000_000, height: 1_000_000))
        }
        #expect(error?.description.contains("GB of memory") == true)
        #expect(throws: PipelineError.self) {
            try configuration().validate(request(width: Int.max & ~7, height: Int.max & ~7))
        }
        try configuration().validate(request(width: 1024, height: 512))
    }

    @Test(arguments: [-1, .nan, .infinity])
    func `guidance is a number from 0`(scale: Double) throws {
        #expect(throws: PipelineError.self) {
            try configuration().validate(request(guidance: scale))
        }
    }

    @Test(arguments: [0, -3, 1001])
    func `steps are at least 1 and at most those of training`(count: Int) throws {
        #expect(throws: SchedulerError.self) { try configuration().validate(request(steps: count)) }
    }

    @Test func `defaults are the training size, 25 steps and guidance 7.5`() throws {
        let defaults = try configuration("tiny-radiograph").defaults
        #expect(defaults.width == 64)
        #expect(defaults.height == 64)
        #expect(defaults.inferenceStepCount == 25)
        #expect(defaults.guidanceScale == 7.5)
        #expect(defaults.guidanceStartTimestep == nil)
        #expect(defaults.scheduler == .dpmpp2M)
    }

    @Test func `a model states its own steps and guidance`() throws {
        let model = try TemporaryModel(copying: "tiny-radiograph")
        try model.state(
            defaults: """
                {"num_inference_steps": 12, "guidance_scale": 3, "guidance_start_timestep": 900}
                """
        )
        let defaults = try PipelineConfiguration(modelFolder: model.path).defaults
        #expect(defaults.inferenceStepCount == 12)
        #expect(defaults.guidanceScale == 3)
        #expect(defaults.guidanceStartTimestep == 900)
    }

    @Test func `parts that do not fit each other are refused`() throws {
        let model = try TemporaryModel(copying: "tiny-radiograph")
        try model.edit(
            "unet/config.json",
            replacing: "\"in_channels\": 16",
            with: "\"in_channels\": 9"
        )
        let error = #expect(throws: PipelineError.self) {
            try PipelineConfiguration(modelFolder: model.path)
        }
        #expect(error?.description.contains("9 input channels") == true)
    }

    @Test func `words beyond the tokenizer's length are named`() throws {
        #expect(try configuration().tokenWarning(for: "an X-ray of the hand") == nil)
        let prompt = Array(repeating: "hand", count: 75).joined(separator: " ") + " lung brain"
        let warning = try configuration().tokenWarning(for: prompt)
        #expect(warning?.contains("79 tokens") == true)
        #expect(warning?.hasSuffix("not read: lung brain") == true)
    }
}
