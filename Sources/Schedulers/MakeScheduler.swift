/// Prepares a sampling run.
///
/// - Parameters:
///   - kind: the scheduler; nil for the model's own, which the configuration names.
///   - configuration: the model's scheduler_config.json.
///   - inferenceStepCount: steps of the run, at least 1 and at most those of training.
///   - eta: the share of fresh noise in DDIM's steps, 0 to 1; other schedulers have no such choice.
/// - Returns: the run, before its first step.
/// - Throws: `SchedulerError` for options that the scheduler cannot honour.
public func makeScheduler(
    kind: SchedulerKind? = nil,
    configuration: SchedulerConfiguration,
    inferenceStepCount: Int,
    eta: Double = 0
) throws(SchedulerError) -> any Scheduler {
    let kind = if let kind { kind } else { try SchedulerKind(of: configuration) }
    if let option = configuration.unsupportedOptions.first(where: { $0.kinds.contains(kind) }) {
        throw .unsupportedOption(
            key: option.key,
            value: "\(option.value)",
            supported: option.neutralValues.map(\.description).joined(separator: ", ")
        )
    }
    let schedule = try NoiseSchedule(configuration)
    try configuration.check(
        "inference step count",
        inferenceStepCount,
        "1 to \(schedule.trainTimestepCount)"
    ) { 1...schedule.trainTimestepCount ~= $0 }
    let run = SchedulerRun(
        configuration: configuration,
        schedule: schedule,
        inferenceStepCount: inferenceStepCount
    )
    return switch kind {
    case .pndm: try PNDMScheduler(run)
    case .ddpm: try DDPMScheduler(run)
    case .ddim: try DDIMScheduler(run, eta: eta)
    case .euler: try EulerDiscreteScheduler(run)
    case .eulerAncestral: try EulerAncestralDiscreteScheduler(run)
    case .dpmpp2M: try DPMSolverMultistepScheduler(run, usesKarrasSigmas: false)
    case .dpmpp2MKarras: try DPMSolverMultistepScheduler(run, usesKarrasSigmas: true)
    case .heun: try HeunDiscreteScheduler(run)
    case .unipc: try UniPCMultistepScheduler(run)
    }
}
