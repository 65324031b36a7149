public import Layers

extension CLIPTextModel {
    /// What config.json says of a text encoder; keys and defaults are those of transformers.
    public struct Configuration: Codable, Equatable, Sendable {
        /// Tokens that have an embedding.
        public var vocabularySize = 49_408
        /// Features of a hidden state.
        public var hiddenSize = 512
        /// Features inside the feed-forward networks.
        public var intermediateSize = 2_048
        /// Transformer layers.
        public var layerCount = 12
        /// Attention heads of a layer.
        public var headCount = 8
        /// Tokens of a text, start, end and padding included.
        public var positionCount = 77
        /// The function inside the feed-forward networks.
        public var activation = Activation.quickGELU
        /// Added to the variance in every normalization.
        public var normEpsilon = 1e-5
        /// Multiplies the spread of random initial weights.
        public var initializerFactor = 1.0
        /// Features of CLIP's common space with images; no part of this model has them.
        public var projectionWidth = 512
        /// The token that fills a text up.
        public var paddingTokenID = 1
        /// The token that starts a text.
        public var startTokenID = 49_406
        /// The token that ends a text; 2 in old files stands for the highest token there is.
        public var endTokenID = 49_407

        /// The defaults of transformers, which are those of CLIP ViT-B/32.
        public init() {}

        private enum CodingKeys: String, CodingKey {
            case vocabularySize = "vocab_size"
            case hiddenSize = "hidden_size"
            case intermediateSize = "intermediate_size"
            case layerCount = "num_hidden_layers"
            case headCount = "num_attention_heads"
            case positionCount = "max_position_embeddings"
            case activation = "hidden_act"
            case normEpsilon = "layer_norm_eps"
            case initializerFactor = "initializer_factor"
            case projectionWidth = "projection_dim"
            case paddingTokenID = "pad_token_id"
            case startTokenID = "bos_token_id"
            case endTokenID = "eos_token_id"
            case architectures
            case modelType = "model_type"
        }

        /// Reads what is there and takes the default of transformers for the rest.
        ///
        /// - Throws: `ModelsError.unsupportedOption` for an unknown activation, `DecodingError` for a
        ///   value of another type.
        public init(from decoder: any Decoder) throws {
            try decoder.requireOptions(
                [
                    "hidden_act": [.string("quick_gelu"), .string("gelu")],
                    "model_type": [.string("clip_text_model")],
                ],
                of: "CLIPTextModel"
            )
            let container = try decoder.container(keyedBy: CodingKeys.self)
            func read<Value: Decodable>(_ key: CodingKeys, _ value: inout Value) throws {
                value = try container.decodeIfPresent(Value.self, forKey: key) ?? value
            }
            try read(.vocabularySize, &vocabularySize)
            try read(.hiddenSize, &hiddenSize)
            try read(.intermediateSize, &intermediateSize)
            try read(.layerCount, &layerCount)
            try read(.headCount, &headCount)
            try read(.positionCount, &positionCount)
            try read(.activation, &activation)
            try read(.normEpsilon, &normEpsilon)
            try read(.initializerFactor, &initializerFactor)
            try read(.projectionWidth, &projectionWidth)
            try read(.paddingTokenID, &paddingTokenID)
            try read(.startTokenID, &startTokenID)
            try read(.endTokenID, &endTokenID)
        }

        /// Writes all of it, so that transformers builds the same model.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(["CLIPTextModel"], forKey: .architectures)
            try container.encode("clip_text_model", forKey: .modelType)
            try container.encode(vocabularySize, forKey: .vocabularySize)
            try container.encode(hiddenSize, forKey: .hiddenSize)
            try container.encode(intermediateSize, forKey: .intermediateSize)
            try container.encode(layerCount, forKey: .layerCount)
            try container.encode(headCount, forKey: .headCount)
            try container.encode(positionCount, forKey: .positionCount)
            try container.encode(activation, forKey: .activation)
            try container.encode(normEpsilon, forKey: .normEpsilon)
            // JSONEncoder writes 1.0 as 1, which transformers refuses to read as a float.
            if initializerFactor != 1 {
                try container.encode(initializerFactor, forKey: .initializerFactor)
            }
            try container.encode(projectionWidth, forKey: .projectionWidth)
            try container.encode(paddingTokenID, forKey: .paddingTokenID)
            try container.encode(startTokenID, forKey: .startTokenID)
            try container.encode(endTokenID, forKey: .endTokenID)
        }

        /// Checks that a model of these sizes can be built.
        ///
        /// - Throws: `ModelsError.invalidOption`.
        func validate() throws {
            let check = ConfigurationCheck(model: "CLIPTextModel")
            try check.require("vocab_size", vocabularySize, in: 1...1_000_000)
            try check.require("hidden_size", hiddenSize, in: 1...16_384)
            try check.require("intermediate_size", intermediateSize, in: 1...65_536)
            try check.require("num_hidden_layers", layerCount, in: 1...256)
            try check.require("num_attention_heads", headCount, in: 1...1_024)
            try check.require(
                "num_attention_heads",
                headCount,
                divides: hiddenSize,
                of: "hidden_size"
            )
            try check.require("max_position_embeddings", positionCount, in: 1...65_536)
            try check.requireNormEpsilon("layer_norm_eps", normEpsilon)
        }
    }
}
