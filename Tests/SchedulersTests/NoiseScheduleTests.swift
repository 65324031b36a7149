import Schedulers
import Tensors
import TestSupport
import Testing

/// The constants of training against diffusers' DDPMScheduler.
struct NoiseScheduleTests {
    static let schedules = ["scaled_linear", "linear", "squaredcos_cap_v2", "zero-snr"]

    let goldens: GoldenTensors

    init() throws {
        goldens = try Goldens.tensors("noise-schedules.safetensors")
    }

    private func schedule(_ name: String) throws -> NoiseSchedule {
        var configuration = SchedulerConfiguration()
        configuration.betaSchedule = BetaSchedule(rawValue: name) ?? .scaledLinear
        if configuration.betaSchedule == .scaledLinear {
            configuration.betaStart = 0.00085
            configuration.betaEnd = 0.012
        }
        configuration.rescalesBetasToZeroSNR = name == "zero-snr"
        return try NoiseSchedule(configuration)
    }

    @Test(arguments: schedules)
    func `the products of alphas are those of diffusers`(name: String) throws {
        let schedule = try schedule(name)
        let actual = Tensor(schedule.alphasCumprod.map(Float.init), [schedule.trainTimestepCount])
        try expectClose(
            actual,
            try goldens["\(name).alphas_cumprod"],
            atol: 1e-12,
            rtol: 1e-5,
            name
        )
    }

    @Test(arguments: schedules)
    func `each item gets the noise of its own timestep`(name: String) throws {
        let schedule = try schedule(name)
        let (clean, noise) = (try goldens["clean"], try goldens["noise"])
        let timesteps = try goldens["timesteps"].integers().map(Int.init)
        try expectClose(
            schedule.addNoise(to: clean, noise: noise, timesteps: timesteps),
            try goldens["\(name).noisy"],
            atol: 1e-6,
            name
        )
        try expectClose(
            schedule.velocity(of: clean, noise: noise, timesteps: timesteps),
            try goldens["\(name).velocity"],
            atol: 1e-6,
            name
        )
    }

    @Test(arguments: schedules)
    func `the signal-to-noise ratio is that of diffusers`(name: String) throws {
        let schedule = try schedule(name)
        let timesteps = try goldens["timesteps"].integers().map(Int.init)
        let ratios = timesteps.map { Float(schedule.signalToNoiseRatio(at: $0)) }
        try expectClose(
            Tensor(ratios, [ratios.count]),
            try goldens["\(name).snr"],
            atol: 1e-12,
            rtol: 1e-4,
            name
        )
    }

    @Test func `the target is what the network should predict`() throws {
        let schedule = try schedule("linear")
        let (clean, noise) = (Tensor.ones([1, 2]), Tensor.full([1, 2], 2))
        let target = { (type: PredictionType) in
            try schedule.target(type, original: clean, noise: noise, timesteps: [0]).array()
        }
        #expect(try target(.epsilon) == [2, 2])
        #expect(try target(.sample) == [1, 1])
        // β_0 = 0.0001: 2 √0.9999 − √0.0001
        #expect(abs(try target(.vPrediction)[0] - 1.9899) < 1e-6)
    }

    @Test func `half-precision data keep their type`() throws {
        let clean = Tensor.ones([2, 1, 1, 1]).to(.bfloat16)
        let noisy = try schedule("linear").addNoise(to: clean, noise: clean, timesteps: [0, 999])
        #expect(noisy.dtype == .bfloat16)
    }

    @Test func `betas that make no schedule are refused`() {
        func error(_ change: (inout SchedulerConfiguration) -> Void) -> SchedulerError? {
            var configuration = SchedulerConfiguration()
            change(&configuration)
            return #expect(throws: SchedulerError.self) { try NoiseSchedule(configuration) }
        }
        #expect(error { $0.trainTimestepCount = 0 }?.key == "num_train_timesteps")
        #expect(error { $0.trainTimestepCount = .max }?.key == "num_train_timesteps")
        #expect(error { $0.betaStart = -0.1 }?.key == "beta_start")
        #expect(error { $0.betaStart = .nan }?.key == "beta_start")
        #expect(error { $0.betaEnd = 1 }?.key == "beta_end")
        #expect(error { $0.trainedBetas = [0.1, 0.2] }?.key == "trained_betas")
        #expect(
            error {
                $0.trainedBetas = [0.1, 1.2]
                $0.trainTimestepCount = 2
            }?.key == "trained_betas"
        )
        #expect(
            error {
                $0.trainTimestepCount = 1
                $0.rescalesBetasToZeroSNR = true
            }?.key == "rescale_betas_zero_snr"
        )
    }
}

extension SchedulerError {
    /// The option that the error is about.
    var key: String? {
        switch self {
        case .unsupportedOption(let key, _, _), .invalidValue(let key, _, _),
            .unknownOption(let key):
            key
        case .unknownName, .unsupportedClass, .unreadable: nil
        }
    }
}
