import Foundation
import Schedulers
import TestSupport
import Testing

struct SchedulerConfigurationTests {
    private func configuration(_ json: String) throws(SchedulerError) -> SchedulerConfiguration {
        try SchedulerConfiguration(json: Data(json.utf8))
    }

    private func error(
        _ json: String,
        kind: SchedulerKind? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> SchedulerError? {
        #expect(throws: SchedulerError.self, sourceLocation: sourceLocation) {
            try makeScheduler(
                kind: kind,
                configuration: configuration(json),
                inferenceStepCount: 10
            )
        }
    }

    @Test(arguments: [
        ("tiny-sd1", SchedulerKind.pndm), ("tiny-sd2", .ddim), ("tiny-radiograph", .dpmpp2M),
    ])
    func `the file that diffusers saved makes the model's own scheduler`(
        name: String,
        kind: SchedulerKind
    ) throws {
        let file = Goldens.model(name).appending(path: "scheduler/scheduler_config.json")
        let configuration = try SchedulerConfiguration(contentsOf: file)
        #expect(try SchedulerKind(of: configuration) == kind)
        #expect(configuration.betaEnd == 0.012)
        let scheduler = try makeScheduler(configuration: configuration, inferenceStepCount: 10)
        #expect(scheduler.inferenceStepCount == 10)
    }

    @Test func `Karras sigmas in the file choose the Karras kind`() throws {
        let configuration = try configuration(
            #"{"_class_name": "DPMSolverMultistepScheduler", "use_karras_sigmas": true}"#
        )
        #expect(try SchedulerKind(of: configuration) == .dpmpp2MKarras)
    }

    @Test func `an absent option has the default of the scheduler that is made`() throws {
        let configuration = try configuration(#"{"steps_offset": 1}"#)
        let first = { (kind: SchedulerKind) in
            try makeScheduler(kind: kind, configuration: configuration, inferenceStepCount: 10)
                .timesteps[0]
        }
        #expect(try first(.ddim) == 901)  // leading
        #expect(try first(.euler) == 999)  // linspace
    }

    @Test func `infinities as Python writes them are read`() throws {
        let configuration = try configuration(
            #"{"lambda_min_clipped": -Infinity, "_note": "a \"-Infinity\" in a string, \\"}"#
        )
        #expect(configuration.lambdaMinClipped == -.infinity)
    }

    @Test func `what is written is read again`() throws {
        var configuration = SchedulerConfiguration()
        configuration.className = "DDIMScheduler"
        configuration.betaSchedule = .scaledLinear
        configuration.predictionType = .vPrediction
        configuration.disabledCorrectorSteps = [0, 2]
        let json = try JSONEncoder().encode(configuration)
        #expect(try SchedulerConfiguration(json: json) == configuration)
        let text = String(decoding: json, as: UTF8.self)
        #expect(text.contains(#""prediction_type":"v_prediction""#))
        #expect(!text.contains("null"))
    }

    @Test(arguments: [
        (#"{"thresholding": true}"#, SchedulerKind.ddim, "thresholding"),
        (#"{"use_exponential_sigmas": true}"#, .euler, "use_exponential_sigmas"),
        (#"{"use_beta_sigmas": true}"#, .dpmpp2M, "use_beta_sigmas"),
        (#"{"use_lu_lambdas": true}"#, .dpmpp2MKarras, "use_lu_lambdas"),
        (#"{"algorithm_type": "sde-dpmsolver++"}"#, .dpmpp2M, "algorithm_type"),
        (#"{"interpolation_type": "log_linear"}"#, .euler, "interpolation_type"),
        (#"{"predict_x0": false}"#, .unipc, "predict_x0"),
        (#"{"beta_schedule": "laplace"}"#, .ddpm, "beta_schedule"),
        (#"{"variance_type": "learned_range"}"#, .ddpm, "variance_type"),
        (#"{"prediction_type": "flow_prediction"}"#, .unipc, "prediction_type"),
        (#"{"prediction_type": "sample"}"#, .pndm, "prediction_type"),
        (#"{"rescale_betas_zero_snr": true}"#, .heun, "rescale_betas_zero_snr"),
        (#"{"rescale_betas_zero_snr": true}"#, .ddim, "prediction_type"),
        (#"{"solver_order": 4}"#, .unipc, "solver_order"),
        (#"{"steps_offset": 500}"#, .ddim, "steps_offset"),
        (#"{"steps_offset": -1}"#, .ddim, "steps_offset"),
        (#"{"sigma_min": -1}"#, .dpmpp2MKarras, "sigma_min"),
        (#"{"lambda_min_clipped": 99}"#, .dpmpp2M, "lambda_min_clipped"),
        (#"{"shift": 3}"#, .euler, "shift"),
    ])
    func `an option that would change the result is refused by name`(
        json: String,
        kind: SchedulerKind,
        key: String
    ) {
        let error = error(json, kind: kind)
        #expect(error?.key == key)
        #expect(error?.description.contains(key) == true)
    }

    @Test func `an unsupported option of another scheduler does not matter`() throws {
        let configuration = try configuration(
            #"{"algorithm_type": "sde-dpmsolver++", "use_beta_sigmas": true, "solver_order": 9}"#
        )
        _ = try makeScheduler(kind: .ddim, configuration: configuration, inferenceStepCount: 10)
    }

    @Test func `too few steps for the Runge-Kutta start are refused`() {
        let json = #"{"_class_name": "PNDMScheduler"}"#
        #expect(throws: SchedulerError.self) {
            try makeScheduler(configuration: configuration(json), inferenceStepCount: 3)
        }
    }

    @Test func `eta outside of 0 to 1 is refused`() throws {
        #expect(throws: SchedulerError.self) {
            try makeScheduler(
                kind: .ddim,
                configuration: SchedulerConfiguration(),
                inferenceStepCount: 3,
                eta: 1.5
            )
        }
    }

    @Test(arguments: ["", "[]", "{", #"{"beta_start": "small"}"#, #"{"trained_betas": {}}"#, "\\"])
    func `a file that is no configuration is an error that says so`(json: String) {
        guard case .unreadable(_, let reason) = error(json, kind: .ddim) else {
            Issue.record("\(json) was read")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test func `a missing file is named`() {
        let file = Goldens.folder.appending(path: "absent/scheduler_config.json")
        let error = #expect(throws: SchedulerError.self) {
            try SchedulerConfiguration(contentsOf: file)
        }
        #expect(error?.description.contains("absent/scheduler_config.json") == true)
    }

    @Test func `a class without counterpart is named beside those there are`() {
        let error = error(#"{"_class_name": "LCMScheduler"}"#)
        #expect(error == .unsupportedClass("LCMScheduler"))
        #expect(error?.description.contains("euler-ancestral") == true)
        #expect(self.error("{}") == .unsupportedClass(nil))
    }
}
