import Foundation

/// How parameters are moved: the settings that every training run has.
public struct OptimizationConfiguration: Codable, Equatable, Sendable {
    /// Optimizer steps of the whole run.
    public var stepCount = 10_000
    /// Images a batch.
    public var batchSize = 16
    /// Batches a step, whose gradients are averaged.
    public var accumulationCount = 1
    /// The highest learning rate, reached after the warm-up.
    public var learningRate = 3e-4
    /// Steps over which the learning rate grows from 0.
    public var warmupStepCount = 200
    /// The learning rate at the end, as a share of the highest; a cosine leads there.
    public var finalLearningRateShare = 0.05
    /// Decay of the gradient's running mean.
    public var beta1 = 0.9
    /// Decay of the squared gradient's running mean.
    public var beta2 = 0.99
    /// Decoupled weight decay.
    public var weightDecay = 0.01
    /// Gradients with a greater norm are scaled down to it.
    public var maxGradientNorm = 1.0
    /// Decay of the averaged weights, once the average is warm.
    public var emaDecay = 0.999
    /// The precision of products and convolutions; parameters stay float32.
    public var dtype = "bfloat16"
    /// Where all randomness of the run begins.
    public var seed: UInt64 = 0
    /// Seconds between checkpoints.
    public var checkpointInterval = 240.0
    /// Checkpoints that are kept, the newest ones, at least 1.
    public var keptCheckpointCount = 2

    /// The defaults.
    public init() {}

    /// Images that a step sees.
    public var imagesPerStep: Int { batchSize * accumulationCount }

    /// Checks what would end a run in its middle.
    ///
    /// - Throws: `TrainingError.invalidSetting`.
    public func validate() throws(TrainingError) {
        func require(_ fits: Bool, _ name: String, _ value: some Any, _ requirement: String)
            throws(TrainingError)
        {
            guard !fits else { return }
            throw .invalidSetting(
                name: "optimization.\(name)",
                value: "\(value)",
                requirement: requirement
            )
        }
        for (name, count) in [
            ("stepCount", stepCount), ("batchSize", batchSize),
            ("accumulationCount", accumulationCount), ("keptCheckpointCount", keptCheckpointCount),
        ] {
            try require(count >= 1, name, count, "1 or more")
        }
        try require(
            learningRate > 0 && learningRate.isFinite,
            "learningRate",
            learningRate,
            "more than 0"
        )
        try require(maxGradientNorm > 0, "maxGradientNorm", maxGradientNorm, "more than 0")
        for (name, decay) in [("beta1", beta1), ("beta2", beta2), ("emaDecay", emaDecay)] {
            try require((0..<1).contains(decay), name, decay, "at least 0 and less than 1")
        }
        try require(
            ["float32", "bfloat16"].contains(dtype),
            "dtype",
            dtype,
            "float32 or bfloat16"
        )
    }

    /// The learning rate of optimizer step `step`, counted from 0.
    ///
    /// - SeeAlso: Loshchilov & Hutter, SGDR, arXiv:1608.03983, equation (5), with one cycle.
    func learningRate(at step: Int) -> Double {
        if step < warmupStepCount {
            return learningRate * Double(step + 1) / Double(warmupStepCount)
        }
        let remaining = max(stepCount - warmupStepCount, 1)
        let progress = min(Double(step - warmupStepCount) / Double(remaining), 1)
        let cosine = (1 + cos(.pi * progress)) / 2
        return learningRate
            * (finalLearningRateShare + (1 - finalLearningRateShare) * cosine)
    }
}
