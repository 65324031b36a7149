import Layers
import Tensors

/// The middle of encoder and decoder: residual block, single-head attention over all positions, residual block.
final class AutoencoderMidBlock {
    private let first: ResnetBlock2D
    private let attention: AutoencoderAttention?
    private let second: ResnetBlock2D

    init(_ channels: Int, _ configuration: AutoencoderKL.Configuration, at path: ParameterPath)
        throws
    {
        let groups = configuration.groupCount
        first = try ResnetBlock2D(
            channels,
            channels,
            groups: groups,
            epsilon: 1e-6,
            at: path["resnets"][0]
        )
        attention =
            configuration.hasMidBlockAttention
            ? try AutoencoderAttention(channels, groups: groups, at: path["attentions"][0]) : nil
        second = try ResnetBlock2D(
            channels,
            channels,
            groups: groups,
            epsilon: 1e-6,
            at: path["resnets"][1]
        )
    }

    func callAsFunction(_ input: Tensor) -> Tensor {
        let hidden = first(input)
        return second(attention?(hidden) ?? hidden)
    }
}

/// Self-attention with one head over the positions of a feature map.
final class AutoencoderAttention {
    private let groupNorm: GroupNorm
    private let toQ: Linear
    private let toK: Linear
    private let toV: Linear
    private let toOut: Linear

    init(_ channels: Int, groups: Int, at path: ParameterPath) throws {
        groupNorm = try GroupNorm(
            groups: groups,
            channels,
            epsilon: 1e-6,
            at: path["group_norm"]
        )
        toQ = try Linear(channels, channels, at: path["to_q"])
        toK = try Linear(channels, channels, at: path["to_k"])
        toV = try Linear(channels, channels, at: path["to_v"])
        toOut = try Linear(channels, channels, at: path["to_out"][0])
    }

    func callAsFunction(_ input: Tensor) -> Tensor {
        let (height, width) = (input.size(2), input.size(3))
        let tokens = groupNorm(input).flattened(from: 2).transposed(1, 2)  // [N, HW, C]
        func oneHead(_ projection: Linear) -> Tensor { projection(tokens).unsqueezed(1) }
        let attended = oneHead(toQ).scaledDotProductAttention(
            keys: oneHead(toK),
            values: oneHead(toV)
        )  // [N, 1, HW, C]
        let output = toOut(attended.squeezed(1)).transposed(1, 2)  // [N, C, HW]
        return input + output.reshaped([input.size(0), input.size(1), height, width])
    }
}

/// Residual blocks of one resolution and, in all but the coarsest, a halving.
final class DownEncoderBlock2D {
    private let resnets: [ResnetBlock2D]
    private let downsampler: Downsample2D?

    init(
        _ inputs: Int,
        _ outputs: Int,
        layers: Int,
        groups: Int,
        downsamples: Bool,
        at path: ParameterPath
    ) throws {
        resnets = try residualBlocks(
            inputs,
            outputs,
            count: layers,
            groups: groups,
            at: path["resnets"]
        )
        downsampler =
            downsamples
            ? try Downsample2D(outputs, isAsymmetric: true, at: path["downsamplers"][0]) : nil
    }

    func callAsFunction(_ input: Tensor) -> Tensor {
        let hidden = resnets.reduce(input) { $1($0) }
        return downsampler?(hidden) ?? hidden
    }
}

/// Residual blocks of one resolution and, in all but the finest, a doubling.
final class UpDecoderBlock2D {
    private let resnets: [ResnetBlock2D]
    private let upsampler: Upsample2D?

    init(
        _ inputs: Int,
        _ outputs: Int,
        layers: Int,
        groups: Int,
        upsamples: Bool,
        at path: ParameterPath
    ) throws {
        resnets = try residualBlocks(
            inputs,
            outputs,
            count: layers,
            groups: groups,
            at: path["resnets"]
        )
        upsampler = upsamples ? try Upsample2D(outputs, at: path["upsamplers"][0]) : nil
    }

    func callAsFunction(_ input: Tensor) -> Tensor {
        let hidden = resnets.reduce(input) { $1($0) }
        return upsampler?(hidden) ?? hidden
    }
}

/// The residual blocks of one resolution, of which the first changes the number of channels.
private func residualBlocks(
    _ inputs: Int,
    _ outputs: Int,
    count: Int,
    groups: Int,
    at path: ParameterPath
) throws -> [ResnetBlock2D] {
    try (0..<count).map { index in
        try ResnetBlock2D(
            index == 0 ? inputs : outputs,
            outputs,
            groups: groups,
            epsilon: 1e-6,
            at: path[index]
        )
    }
}
