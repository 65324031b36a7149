import Foundation

/// How the variance β grows over the timesteps of training.
public enum BetaSchedule: String, Sendable, Codable, CaseIterable {
    /// From `betaStart` to `betaEnd` in equal steps (Ho et al., arXiv:2006.11239).
    case linear
    /// √β in equal steps (Rombach et al., arXiv:2112.10752).
    case scaledLinear = "scaled_linear"
    /// The cosine schedule with β at most 0.999 (Nichol and Dhariwal, arXiv:2102.09672, equation
    /// 17).
    case squaredcosCapV2 = "squaredcos_cap_v2"

    /// The variances of `count` timesteps.
    func betas(count: Int, start: Double, end: Double) -> [Double] {
        switch self {
        case .linear:
            return Self.linspace(start, end, count: count)
        case .scaledLinear:
            return Self.linspace(start.squareRoot(), end.squareRoot(), count: count)
                .map { ($0 * $0).inFloat32 }
        case .squaredcosCapV2:
            let alphaBar = { (time: Double) in
                pow(cos((time + 0.008) / 1.008 * .pi / 2), 2)
            }
            return (0..<count).map { index in
                let beta =
                    1 - alphaBar(Double(index + 1) / Double(count))
                    / alphaBar(Double(index) / Double(count))
                return min(beta, 0.999).inFloat32
            }
        }
    }

    /// `count` numbers in float32, counted from the nearer end as libtorch does.
    private static func linspace(_ start: Double, _ end: Double, count: Int) -> [Double] {
        guard count > 1 else { return [start.inFloat32] }
        let (first, last) = (Float(start), Float(end))
        let step = (last - first) / Float(count - 1)
        return (0..<count).map { index in
            Double(
                index < count / 2
                    ? first + step * Float(index) : last - step * Float(count - 1 - index)
            )
        }
    }
}
