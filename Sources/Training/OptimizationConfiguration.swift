import Foundation

/// How parameters are moved: the settings that every training run has.
public struct OptimizationConfiguration: Codable, Equatable, Sendable {
    /// Optimizer steps of the whole run.
    public var stepCount = 10_000
    /// Images a step.
    public var batchSize = 16
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

    /// The defaults.
    public init() {}

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
