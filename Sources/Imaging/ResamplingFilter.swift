import Glibc

/// A reconstruction filter for resampling; widened by the scale when an image shrinks, so that
/// nothing aliases.
public enum ResamplingFilter: Sendable, CaseIterable {
    /// The triangle.
    case bilinear
    /// The cubic convolution of Keys 1981 with a = -0.5.
    case bicubic
    /// The sinc windowed to three lobes.
    case lanczos

    /// The distance, in source pixels when enlarging, at which the filter has become zero.
    var support: Double {
        switch self {
        case .bilinear: 1
        case .bicubic: 2
        case .lanczos: 3
        }
    }

    func callAsFunction(_ position: Double) -> Double {
        let x = abs(position)
        guard x < support else { return 0 }
        return switch self {
        case .bilinear: 1 - x
        case .bicubic:
            x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2
        case .lanczos: sinc(x) * sinc(x / 3)
        }
    }

    private func sinc(_ x: Double) -> Double {
        x == 0 ? 1 : sin(x * .pi) / (x * .pi)
    }
}

/// What one output pixel takes from a run of input pixels, in fixed point.
struct ResamplingWindow {
    /// The first input pixel.
    let start: Int
    /// Weights of the input pixels from `start`; they sum to about `1 << fractionBits`.
    let weights: [Int64]

    /// The precision that Pillow uses for 8-bit images, so that both round alike.
    static let fractionBits: Int64 = 22

    /// The windows of all output pixels along one axis.
    static func windows(
        from inputCount: Int,
        to outputCount: Int,
        filter: ResamplingFilter
    ) -> [ResamplingWindow] {
        let scale = Double(inputCount) / Double(outputCount)
        let stretch = max(scale, 1)
        let support = filter.support * stretch
        return (0..<outputCount).map { output in
            let center = (Double(output) + 0.5) * scale
            let start = max(Int(center - support + 0.5), 0)
            let end = min(Int(center + support + 0.5), inputCount)
            let values = (start..<end).map { filter((Double($0) - center + 0.5) / stretch) }
            let total = values.reduce(0, +)
            let weights = values.map { value in
                Int64((value / total * Double(1 << fractionBits)).rounded(.toNearestOrAwayFromZero))
            }
            return ResamplingWindow(start: start, weights: weights)
        }
    }
}
