extension UNet2DConditionModel.Configuration: Codable {
    private enum CodingKeys: String, CodingKey {
        case className = "_class_name"
        case activation = "act_fn"
        case sampleSize = "sample_size"
        case inputChannels = "in_channels"
        case outputChannels = "out_channels"
        case centersInputSample = "center_input_sample"
        case flipsSinToCos = "flip_sin_to_cos"
        case frequencyShift = "freq_shift"
        case downBlockTypes = "down_block_types"
        case midBlockType = "mid_block_type"
        case upBlockTypes = "up_block_types"
        case blockOutChannels = "block_out_channels"
        case layersPerBlock = "layers_per_block"
        case downsamplePadding = "downsample_padding"
        case groupCount = "norm_num_groups"
        case normEpsilon = "norm_eps"
        case crossAttentionWidth = "cross_attention_dim"
        case transformerLayersPerBlock = "transformer_layers_per_block"
        // A misnomer of diffusers that 40,000 config files keep: it is the number of heads.
        case headCounts = "attention_head_dim"
        case usesLinearProjection = "use_linear_projection"
        case upcastsAttention = "upcast_attention"
        case convInKernel = "conv_in_kernel"
        case convOutKernel = "conv_out_kernel"
    }

    /// Options of diffusers that change the computation, with the values that do not.
    private static let fixedOptions: [String: [JSONValue]] = [
        "act_fn": [.string("silu"), .string("swish")],
        "addition_embed_type": [.null],
        "attention_type": [.string("default")],
        "class_embed_type": [.null],
        "class_embeddings_concat": [.bool(false)],
        "cross_attention_norm": [.null],
        "dual_cross_attention": [.bool(false)],
        "encoder_hid_dim": [.null],
        "encoder_hid_dim_type": [.null],
        "mid_block_only_cross_attention": [.null, .bool(false)],
        "mid_block_scale_factor": [.number(1)],
        "num_attention_heads": [.null],
        "num_class_embeds": [.null],
        "only_cross_attention": [.bool(false)],
        "resnet_out_scale_factor": [.number(1)],
        "resnet_skip_time_act": [.bool(false)],
        "resnet_time_scale_shift": [.string("default")],
        "reverse_transformer_layers_per_block": [.null],
        "time_cond_proj_dim": [.null],
        "time_embedding_act_fn": [.null],
        "time_embedding_dim": [.null],
        "time_embedding_type": [.string("positional")],
        "timestep_post_act": [.null],
    ]

    private static let model = "UNet2DConditionModel"
    private static let downBlockNames = ["DownBlock2D", "CrossAttnDownBlock2D"]
    private static let midBlockNames = ["UNetMidBlock2D", "UNetMidBlock2DCrossAttn"]
    private static let upBlockNames = ["UpBlock2D", "CrossAttnUpBlock2D"]

    /// Reads what is there and takes diffusers' default for the rest.
    ///
    /// - Throws: `ModelsError.unsupportedOption` for an option that asks for another computation,
    ///   `DecodingError` for a value of another type.
    public init(from decoder: any Decoder) throws {
        self.init()
        try decoder.requireOptions(Self.fixedOptions, of: Self.model)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys, _ value: inout Value) throws {
            value = try container.decodeIfPresent(Value.self, forKey: key) ?? value
        }
        func block(_ name: String, _ key: CodingKeys, _ names: [String]) throws
            -> UNet2DConditionModel.BlockType
        {
            guard let index = names.firstIndex(of: name) else {
                throw ModelsError.unsupportedOption(
                    model: Self.model,
                    option: key.rawValue,
                    found: name,
                    supported: names
                )
            }
            return index == 0 ? .plain : .crossAttention
        }
        func blocks(_ key: CodingKeys, _ names: [String]) throws
            -> [UNet2DConditionModel.BlockType]?
        {
            try container.decodeIfPresent([String].self, forKey: key)?
                .map { try block($0, key, names) }
        }
        try read(.blockOutChannels, &blockOutChannels)
        func readPerBlock(_ key: CodingKeys, _ values: inout [Int]) throws {
            let found = try container.decodeIfPresent(PerBlock.self, forKey: key)
            let standard = PerBlock.same(values[0])
            values = (found ?? standard).values(blockCount: blockOutChannels.count)
        }
        try readPerBlock(.layersPerBlock, &layersPerBlock)
        try readPerBlock(.transformerLayersPerBlock, &transformerLayersPerBlock)
        try readPerBlock(.headCounts, &headCounts)
        downBlockTypes = try blocks(.downBlockTypes, Self.downBlockNames) ?? downBlockTypes
        upBlockTypes = try blocks(.upBlockTypes, Self.upBlockNames) ?? upBlockTypes
        if container.contains(.midBlockType) {
            midBlockType = try container.decode(String?.self, forKey: .midBlockType)
                .map { try block($0, .midBlockType, Self.midBlockNames) }
        }
        sampleSize = try container.decodeIfPresent(PerBlock.self, forKey: .sampleSize)?
            .values(blockCount: 1).max()
        try read(.inputChannels, &inputChannels)
        try read(.outputChannels, &outputChannels)
        try read(.centersInputSample, &centersInputSample)
        try read(.flipsSinToCos, &flipsSinToCos)
        try read(.frequencyShift, &frequencyShift)
        try read(.downsamplePadding, &downsamplePadding)
        try read(.groupCount, &groupCount)
        try read(.normEpsilon, &normEpsilon)
        try read(.crossAttentionWidth, &crossAttentionWidth)
        try read(.usesLinearProjection, &usesLinearProjection)
        try read(.upcastsAttention, &upcastsAttention)
        try read(.convInKernel, &convInKernel)
        try read(.convOutKernel, &convOutKernel)
    }

    /// Writes all of it, so that diffusers builds the same model.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        func name(_ type: UNet2DConditionModel.BlockType, _ names: [String]) -> String {
            names[type == .plain ? 0 : 1]
        }
        try container.encode(Self.model, forKey: .className)
        try container.encode("silu", forKey: .activation)
        try container.encode(sampleSize, forKey: .sampleSize)
        try container.encode(inputChannels, forKey: .inputChannels)
        try container.encode(outputChannels, forKey: .outputChannels)
        try container.encode(centersInputSample, forKey: .centersInputSample)
        try container.encode(flipsSinToCos, forKey: .flipsSinToCos)
        try container.encode(frequencyShift, forKey: .frequencyShift)
        try container.encode(
            downBlockTypes.map { name($0, Self.downBlockNames) },
            forKey: .downBlockTypes
        )
        try container.encode(
            midBlockType.map { name($0, Self.midBlockNames) },
            forKey: .midBlockType
        )
        try container.encode(
            upBlockTypes.map { name($0, Self.upBlockNames) },
            forKey: .upBlockTypes
        )
        try container.encode(blockOutChannels, forKey: .blockOutChannels)
        try container.encode(layersPerBlock, forKey: .layersPerBlock)
        try container.encode(downsamplePadding, forKey: .downsamplePadding)
        try container.encode(groupCount, forKey: .groupCount)
        try container.encode(normEpsilon, forKey: .normEpsilon)
        try container.encode(crossAttentionWidth, forKey: .crossAttentionWidth)
        try container.encode(transformerLayersPerBlock, forKey: .transformerLayersPerBlock)
        try container.encode(headCounts, forKey: .headCounts)
        try container.encode(usesLinearProjection, forKey: .usesLinearProjection)
        try container.encode(upcastsAttention, forKey: .upcastsAttention)
        try container.encode(convInKernel, forKey: .convInKernel)
        try container.encode(convOutKernel, forKey: .convOutKernel)
    }
}
