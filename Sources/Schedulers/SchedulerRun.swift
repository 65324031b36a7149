/// What every scheduler is made from: validated options, the noise of training, and the length of a
/// run.
struct SchedulerRun {
    let configuration: SchedulerConfiguration
    let schedule: NoiseSchedule
    let inferenceStepCount: Int

    var predictionType: PredictionType { configuration.predictionType ?? .epsilon }

    /// The timesteps of the run, descending; `spacing` is the default of the diffusers class.
    func timesteps(
        spacing: TimestepSpacing,
        usedTimestepCount: Int? = nil,
        surplus: Int = 0,
        isRounded: Bool = true
    ) throws(SchedulerError) -> [Double] {
        let timesteps = (configuration.timestepSpacing ?? spacing).timesteps(
            count: inferenceStepCount,
            trainTimestepCount: schedule.trainTimestepCount,
            usedTimestepCount: usedTimestepCount,
            offset: configuration.stepsOffset ?? 0,
            surplus: surplus,
            isRounded: isRounded
        )
        let limit = Double(schedule.trainTimestepCount)
        guard timesteps.allSatisfy({ 0 <= $0 && $0 < limit }), !timesteps.isEmpty else {
            throw .invalidValue(
                key: "steps_offset",
                value: "\(configuration.stepsOffset ?? 0)",
                expected: "an offset that keeps \(inferenceStepCount) timesteps in "
                    + "0..<\(schedule.trainTimestepCount)"
            )
        }
        return timesteps
    }

    /// The level at which the run ends, where `lowest` is the lowest of training.
    func finalSigma(lowest: Double) -> Double {
        configuration.finalSigmasType == .sigmaMin ? lowest : 0
    }

    /// Karras levels between the configuration's limits, or those given.
    func karrasSigmas(highest: Double, lowest: Double) throws(SchedulerError) -> [Double] {
        let highest = configuration.sigmaMax ?? highest
        let lowest = configuration.sigmaMin ?? lowest
        try configuration.check("sigma_min", lowest, "0 < sigma_min <= sigma_max (\(highest))") {
            $0 > 0 && $0 <= highest && highest.isFinite
        }
        return SigmaSchedule.karras(count: inferenceStepCount, from: highest, to: lowest)
    }

    /// The order of a multistep solver.
    func solverOrder() throws(SchedulerError) -> Int {
        let order = configuration.solverOrder ?? 2
        try configuration.check("solver_order", order, "1, 2 or 3") { 1...3 ~= $0 }
        return order
    }

    /// The magnitude to which predicted clean data are clipped, nil where they are not.
    func clipRange(clipsByDefault: Bool) -> Double? {
        configuration.clipsSample ?? clipsByDefault ? configuration.clipSampleRange ?? 1 : nil
    }

    /// The standard deviation of the first sample where samples are data plus σ times noise.
    func initialNoiseSigma(highest sigma: Double, spacing: TimestepSpacing) -> Double {
        (configuration.timestepSpacing ?? spacing) == .leading
            ? (sigma * sigma + 1).squareRoot().inFloat32 : sigma
    }

    /// Throws for a prediction type that the scheduler's equations do not cover.
    func requirePrediction(_ types: PredictionType...) throws(SchedulerError) {
        guard !types.contains(predictionType) else { return }
        throw .unsupportedOption(
            key: "prediction_type",
            value: "\"\(predictionType.rawValue)\"",
            supported: types.map(\.rawValue).joined(separator: ", ")
        )
    }

    /// Throws for zero terminal SNR, which the scheduler's equations do not cover.
    func requireTerminalSignal() throws(SchedulerError) {
        guard schedule.hasZeroTerminalSNR else { return }
        throw .unsupportedOption(
            key: "rescale_betas_zero_snr",
            value: "true",
            supported: "false with PNDM and Heun; every other scheduler takes true too"
        )
    }

    /// Throws where the last timestep holds no data and the network predicts noise, of which x_0
    /// cannot be computed.
    func requireInvertiblePrediction() throws(SchedulerError) {
        guard schedule.hasZeroTerminalSNR else { return }
        try requirePrediction(.vPrediction, .sample)
    }
}
