import Layers
import Tensors

/// Which weights get low-rank changes, and of which rank.
///
/// - SeeAlso: LoRA, Hu et al. 2021, arXiv:2106.09685.
public struct LowRankSettings: Codable, Equatable, Sendable {
    /// The rank of each change; more can learn more, and takes more memory and room.
    public var rank = 8
    /// The changes' scale, in units of 1/rank; leaving it while the rank grows keeps the learning rate right.
    public var alpha = 8.0
    /// The ends of the names of the layers that change: attention, as in diffusers' training scripts.
    public var targets = [
        "to_q", "to_k", "to_v", "to_out.0", "q_proj", "k_proj", "v_proj", "out_proj",
    ]

    /// The defaults.
    public init() {}

    /// Puts an adapter beside each target among `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: a model's weights.
    ///   - component: what its keys begin with in a LoRA file, `unet` or `text_encoder`.
    ///   - source: gives the adapters their matrices.
    /// - Throws: `TrainingError.invalidSetting` where no weight is a target.
    func addAdapters(
        to parameters: [Parameter],
        of component: String,
        from source: ParameterSource
    ) throws {
        guard rank >= 1, alpha > 0 else {
            throw TrainingError.invalidSetting(
                name: rank < 1 ? "lora.rank" : "lora.alpha",
                value: rank < 1 ? "\(rank)" : "\(alpha)",
                requirement: "more than 0"
            )
        }
        var count = 0
        for parameter in parameters where parameter.name.hasSuffix(".weight") {
            let layer = String(parameter.name.dropLast(".weight".count))
            let shape = parameter.value.shape
            guard shape.count == 2 || shape.count == 4,
                targets.contains(where: { layer == $0 || layer.hasSuffix("." + $0) })
            else { continue }
            parameter.adapter = try LowRankAdapter(
                shape: shape,
                rank: rank,
                alpha: alpha,
                at: ParameterPath(source)[component][layer]
            )
            count += 1
        }
        guard count > 0 else {
            throw TrainingError.invalidSetting(
                name: "lora.targets",
                value: "\(targets)",
                requirement: "the ends of names of layers in \(component)"
            )
        }
    }
}
