import Foundation

/// The ratio σ = √((1 − ᾱ) / ᾱ) of noise to signal at each timestep, and its inverse.
struct SigmaSchedule {
    /// σ of the timesteps of training, ascending, in float32.
    let trainSigmas: [Double]
    private let logSigmas: [Double]

    init(_ schedule: NoiseSchedule) {
        var alphasCumprod = schedule.alphasCumprod
        if schedule.hasZeroTerminalSNR, let last = alphasCumprod.indices.last {
            alphasCumprod[last] = 0x1p-24  // keeps σ finite, as diffusers does
        }
        trainSigmas = alphasCumprod.map { alpha in
            ((1 - alpha).inFloat32 / alpha).inFloat32.squareRoot().inFloat32
        }
        logSigmas = trainSigmas.map { log($0).inFloat32 }
    }

    /// The smallest σ of training.
    var lowest: Double { trainSigmas.first ?? 0 }
    /// The largest σ of training.
    var highest: Double { trainSigmas.last ?? 0 }

    /// λ = −log σ of the timesteps of training, descending.
    var lambdas: [Double] { logSigmas.map(-) }

    /// σ between two timesteps, linearly.
    func sigma(at timestep: Double) -> Double {
        let position = min(max(timestep, 0), Double(trainSigmas.count - 1))
        let lower = Int(position)
        guard lower + 1 < trainSigmas.count else { return highest }
        let slope = trainSigmas[lower + 1] - trainSigmas[lower]
        return trainSigmas[lower] + slope * (position - Double(lower))
    }

    /// The timestep of a σ, linear in log σ between two of training.
    func timestep(of sigma: Double) -> Double {
        let wanted = log(max(sigma, 1e-10))
        let above = logSigmas.firstIndex { $0 > wanted } ?? logSigmas.count
        let lower = max(0, min(above - 1, logSigmas.count - 2))
        guard lower + 1 < logSigmas.count else { return 0 }
        let (low, high) = (logSigmas[lower], logSigmas[lower + 1])
        return Double(lower) + min(max((low - wanted) / (low - high), 0), 1)
    }

    /// Noise levels that descend evenly in σ^(1/7) (Karras et al., arXiv:2206.00364, equation 5).
    static func karras(count: Int, from highest: Double, to lowest: Double) -> [Double] {
        let rho = 7.0
        let (start, end) = (pow(highest, 1 / rho), pow(lowest, 1 / rho))
        return (0..<count).map { index in
            let ramp = count > 1 ? Double(index) / Double(count - 1) : 0
            return pow(start + ramp * (end - start), rho)
        }
    }
}
