import Layers
import Tensors

/// Transformer blocks over the positions of a feature map, around which the input passes by.
final class Transformer2DModel {
    private let norm: GroupNorm
    private let projections: Projections
    private let blocks: [BasicTransformerBlock]

    /// The maps into and out of the blocks: equal arithmetic, but weights of two shapes.
    private enum Projections {
        case convolutions(in: Conv2d, out: Conv2d)
        case linear(in: Linear, out: Linear)
    }

    init(
        _ channels: Int,
        layers: Int,
        headCount: Int,
        _ configuration: UNet2DConditionModel.Configuration,
        at path: ParameterPath
    ) throws {
        norm = try GroupNorm(
            groups: configuration.groupCount,
            channels,
            epsilon: 1e-6,
            at: path["norm"]
        )
        projections =
            configuration.usesLinearProjection
            ? .linear(
                in: try Linear(channels, channels, at: path["proj_in"]),
                out: try Linear(channels, channels, at: path["proj_out"])
            )
            : .convolutions(
                in: try Conv2d(channels, channels, kernel: 1, at: path["proj_in"]),
                out: try Conv2d(channels, channels, kernel: 1, at: path["proj_out"])
            )
        blocks = try (0..<layers).map { index in
            try BasicTransformerBlock(
                channels,
                contextWidth: configuration.crossAttentionWidth,
                headCount: headCount,
                at: path["transformer_blocks"][index]
            )
        }
    }

    /// `[N, C, H, W]` to the same shape.
    func callAsFunction(_ input: Tensor, context: CrossAttentionContext) -> Tensor {
        func transformed(_ tokens: Tensor) -> Tensor {
            blocks.reduce(tokens) { $1($0, context: context) }
        }
        let normalized = norm(input)
        let output =
            switch projections {
            case .linear(let projectIn, let projectOut):
                projectOut(transformed(projectIn(normalized.tokens()))).featureMap(like: input)
            case .convolutions(let projectIn, let projectOut):
                projectOut(
                    transformed(projectIn(normalized).tokens()).featureMap(like: input)
                )
            }
        return output + input
    }
}

extension Tensor {
    /// `[N, C, H, W]` as `[N, HW, C]`; nothing is copied where channels lie last.
    func tokens() -> Tensor { flattened(from: 2).transposed(1, 2) }

    /// `[N, HW, C]` as `[N, C, H, W]` with channels last; nothing is copied.
    func featureMap(like map: Tensor) -> Tensor {
        reshaped([size(0), map.size(2), map.size(3), size(2)]).permuted([0, 3, 1, 2])
    }
}
