import Layers
import Tensors

/// What a block of the UNet is made of; its type name in config.json says whether it attends.
struct UNetBlockPlan {
    let inputChannels: Int
    let outputChannels: Int
    let layers: Int
    let attends: Bool
    let transformerLayers: Int
    let headCount: Int
    let configuration: UNet2DConditionModel.Configuration

    func resnet(_ inputs: Int, at path: ParameterPath) throws -> ResnetBlock2D {
        try ResnetBlock2D(
            inputs,
            outputChannels,
            timeEmbeddingWidth: configuration.timeEmbeddingWidth,
            groups: configuration.groupCount,
            epsilon: configuration.normEpsilon,
            at: path
        )
    }

    func attentions(_ count: Int, at path: ParameterPath) throws -> [Transformer2DModel] {
        guard attends else { return [] }
        return try (0..<count).map { index in
            try Transformer2DModel(
                outputChannels,
                layers: transformerLayers,
                headCount: headCount,
                configuration,
                at: path[index]
            )
        }
    }
}

/// Residual blocks of one resolution on the way down, each attended or not, then a halving.
final class UNetDownBlock {
    private let resnets: [ResnetBlock2D]
    private let attentions: [Transformer2DModel]
    private let downsampler: Downsample2D?

    init(_ plan: UNetBlockPlan, downsamples: Bool, at path: ParameterPath) throws {
        resnets = try (0..<plan.layers).map { index in
            try plan.resnet(
                index == 0 ? plan.inputChannels : plan.outputChannels,
                at: path["resnets"][index]
            )
        }
        attentions = try plan.attentions(plan.layers, at: path["attentions"])
        downsampler =
            downsamples
            ? try Downsample2D(
                plan.outputChannels,
                isAsymmetric: plan.configuration.downsamplePadding == 0,
                at: path["downsamplers"][0]
            ) : nil
    }

    /// The output, after adding all that the way up will need to `skips`.
    func callAsFunction(
        _ input: Tensor,
        _ conditioning: UNetConditioning,
        skips: inout [Tensor]
    ) -> Tensor {
        var hidden = input
        for (index, resnet) in resnets.enumerated() {
            hidden = conditioning.apply(resnet, to: hidden)
            if !attentions.isEmpty { hidden = conditioning.apply(attentions[index], to: hidden) }
            skips.append(hidden)
        }
        guard let downsampler else { return hidden }
        hidden = downsampler(hidden)
        skips.append(hidden)
        return hidden
    }
}

/// The coarsest resolution: a residual block and, if it attends, a transformer and another one.
final class UNetMidBlock {
    private let resnets: [ResnetBlock2D]
    private let attentions: [Transformer2DModel]

    init(_ plan: UNetBlockPlan, at path: ParameterPath) throws {
        resnets = try (0..<(plan.attends ? 2 : 1)).map { index in
            try plan.resnet(plan.inputChannels, at: path["resnets"][index])
        }
        attentions = try plan.attentions(1, at: path["attentions"])
    }

    func callAsFunction(_ input: Tensor, _ conditioning: UNetConditioning) -> Tensor {
        var hidden = conditioning.apply(resnets[0], to: input)
        for (attention, resnet) in zip(attentions, resnets.dropFirst()) {
            hidden = conditioning.apply(attention, to: hidden)
            hidden = conditioning.apply(resnet, to: hidden)
        }
        return hidden
    }
}

/// Residual blocks of one resolution on the way up, each fed a skip of the way down, then a doubling.
final class UNetUpBlock {
    private let resnets: [ResnetBlock2D]
    private let attentions: [Transformer2DModel]
    private let upsampler: Upsample2D?

    /// Takes its parameters below `path`; `skipChannels` are in the order in which skips are taken.
    init(_ plan: UNetBlockPlan, skipChannels: [Int], upsamples: Bool, at path: ParameterPath)
        throws
    {
        resnets = try skipChannels.enumerated().map { index, skip in
            try plan.resnet(
                skip + (index == 0 ? plan.inputChannels : plan.outputChannels),
                at: path["resnets"][index]
            )
        }
        attentions = try plan.attentions(skipChannels.count, at: path["attentions"])
        upsampler =
            upsamples ? try Upsample2D(plan.outputChannels, at: path["upsamplers"][0]) : nil
    }

    /// Takes its skips from the end of `skips`.
    func callAsFunction(
        _ input: Tensor,
        _ conditioning: UNetConditioning,
        skips: inout [Tensor]
    ) -> Tensor {
        var hidden = input
        for (index, resnet) in resnets.enumerated() {
            hidden = .concatenated([hidden, skips.removeLast()], axis: 1)
            hidden = conditioning.apply(resnet, to: hidden)
            if !attentions.isEmpty { hidden = conditioning.apply(attentions[index], to: hidden) }
        }
        guard let upsampler, let next = skips.last else { return hidden }
        // An odd side was rounded up on the way down; the next skip knows it.
        return upsampler(hidden, height: next.size(2), width: next.size(3))
    }
}
