import Foundation
import Layers
import Tensors

/// Sines and cosines of a timestep (DDPM, arXiv:2006.11239) through two linear layers.
final class TimestepEmbedding {
    private let linear1: Linear
    private let linear2: Linear
    private let sinusoidWidth: Int
    private let flipsSinToCos: Bool
    private let frequencyShift: Double

    init(
        _ sinusoidWidth: Int,
        _ width: Int,
        flipsSinToCos: Bool,
        frequencyShift: Double,
        at path: ParameterPath
    ) throws {
        linear1 = try Linear(sinusoidWidth, width, at: path["linear_1"])
        linear2 = try Linear(width, width, at: path["linear_2"])
        self.sinusoidWidth = sinusoidWidth
        self.flipsSinToCos = flipsSinToCos
        self.frequencyShift = frequencyShift
    }

    /// Timesteps `[N]` to `[N, width]` of `dtype`.
    func callAsFunction(_ timesteps: Tensor, dtype: DType) -> Tensor {
        // Angles reach the last timestep, where 16 bits would be off by whole turns.
        linear2(linear1(sinusoids(timesteps).to(dtype)).silu())
    }

    private func sinusoids(_ timesteps: Tensor) -> Tensor {
        let count = sinusoidWidth / 2
        let exponents = Tensor.arange(count, dtype: .float32, device: timesteps.device)
        let frequencies = (exponents * -log(10000) / (Double(count) - frequencyShift)).exp()
        let angles = timesteps.to(.float32).unsqueezed(1) * frequencies.unsqueezed(0)  // [N, count]
        let parts = flipsSinToCos ? [angles.cos(), angles.sin()] : [angles.sin(), angles.cos()]
        let embedding = Tensor.concatenated(parts, axis: 1)
        return sinusoidWidth % 2 == 0 ? embedding : embedding.padded([0, 1])
    }
}
