import Foundation
import Models
import Testing

@testable import Training

struct SettingsFileTests {
    private let samples: SampleImages

    init() throws { samples = try SampleImages() }

    private func read<Value: Codable>(_ json: String, over defaults: Value) throws -> Value {
        let path = samples.folder + "/settings.json"
        try Data(json.utf8).write(to: URL(filePath: path))
        return try SettingsFile.read(path, over: defaults)
    }

    @Test func `what a file leaves out keeps its default`() throws {
        let found = try read(
            #"{"cropSide": 64, "optimization": {"batchSize": 3, "learningRate": 1e-5}}"#,
            over: AutoencoderTraining.Configuration()
        )
        var expected = AutoencoderTraining.Configuration()
        expected.cropSide = 64
        expected.optimization.batchSize = 3
        expected.optimization.learningRate = 1e-5
        #expect(found == expected)
    }

    @Test func `the settings of a diffusion run stand beside its models`() throws {
        let defaults = DiffusionTraining.Configuration(unet: .init(), textEncoder: .init())
        let found = try read(
            #"""
            {"captionDropout": 0.2, "classWeights": {"XR hand": 2}, "optimization": {"seed": 18446744073709551615},
             "unet": {"_class_name": "UNet2DConditionModel", "sample_size": 8, "conv_in_kernel": 3}}
            """#,
            over: defaults
        )
        #expect(found.settings.captionDropout == 0.2)
        #expect(found.settings.classWeights == ["XR hand": 2])
        #expect(found.settings.optimization.seed == .max)
        #expect(found.unet.sampleSize == 8)
        #expect(found.settings.classBalance == defaults.settings.classBalance)
    }

    @Test(arguments: ["vae", "scratch"])
    func `the recipe of the embedded model is read whole`(name: String) throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Scripts/radiograph-mini/\(name).json").standardized.path
        if name == "vae" {
            let found = try SettingsFile.read(path, over: AutoencoderTraining.Configuration())
            #expect(found.model.blockOutChannels == [32, 64, 128, 128])
            #expect(found.optimization.seed == 1)
        } else {
            let found = try SettingsFile.read(
                path,
                over: DiffusionTraining.Configuration(unet: .init(), textEncoder: .init())
            )
            #expect(found.unet.headCounts == [1, 2, 3, 4])
            #expect(found.textEncoder.vocabularySize == 3_720)
            #expect(found.settings.optimization.seed == 7)
        }
    }

    @Test func `a misspelt setting is named with the one that was meant`() throws {
        #expect {
            try read(
                #"{"optimization": {"learningrate": 1}}"#,
                over: AutoencoderTraining.Configuration()
            )
        } throws: { error in
            "\(error)".contains("\"optimization.learningrate\"")
                && "\(error)".contains("did you mean \"learningRate\"?")
        }
    }

    @Test func `a value of the wrong kind is named`() throws {
        #expect {
            try read(
                #"{"optimization": {"batchSize": "many"}}"#,
                over: AutoencoderTraining.Configuration()
            )
        } throws: { error in
            "\(error)".contains("optimization.batchSize")
        }
    }

    @Test func `weights are for classes that there are`() throws {
        let hand = LabelledImage(
            path: "1.png",
            set: "hands",
            modality: "XR",
            anatomy: "hand",
            prompt: "An X-ray of the hand"
        )
        var settings = DiffusionSettings()
        settings.classWeights = ["XR hand": 0.1]
        try settings.validate()
        try settings.requireClasses(of: [hand])
        settings.classWeights = ["XR hands": 0]
        #expect {
            try settings.validate()
        } throws: { error in
            "\(error)"
                == "the setting classWeights.XR hands is 0.0, but must be more than 0, and 1000 at most"
        }
        #expect {
            try settings.requireClasses(of: [hand])
        } throws: { error in
            "\(error)" == "the setting classWeights is \"XR hands\", but must be one of XR hand"
        }
    }

    @Test(arguments: ["", "[1]", "{\"a\":"])
    func `a file that is no JSON object is refused`(text: String) {
        #expect(throws: SettingsError.self) {
            try read(text, over: AutoencoderTraining.Configuration())
        }
    }

    @Test(arguments: [
        "\"batchSize\": 0", "\"stepCount\": -1", "\"accumulationCount\": 0",
        "\"keptCheckpointCount\": 0", "\"learningRate\": 0", "\"emaDecay\": 1",
        "\"dtype\": \"float16\"",
    ])
    func `what no run can have is refused`(setting: String) throws {
        let found = try read("{\(setting)}", over: OptimizationConfiguration())
        let name = try #require(setting.split(separator: "\"").first)
        #expect {
            try found.validate()
        } throws: { error in
            "\(error)".contains("optimization.\(name) is")
        }
    }
}
