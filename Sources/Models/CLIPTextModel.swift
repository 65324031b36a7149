public import Layers
public import Tensors

/// The text half of CLIP (arXiv:2103.00020), also with OpenCLIP's weights.
public final class CLIPTextModel {
    /// The sizes it was built with.
    public let configuration: Configuration
    /// Its weights, in the order of construction.
    public let parameters: [Parameter]
    private let tokenEmbedding: Embedding
    private let positionEmbedding: Embedding
    private let layers: [CLIPEncoderLayer]
    private let finalLayerNorm: LayerNorm

    /// Builds the model that `configuration` describes from the parameters at `path`, below
    /// `text_model`.
    ///
    /// - Throws: `ModelsError` for sizes that no model can have, `WeightError` where the parameters do
    ///   not fit.
    public init(_ configuration: Configuration, at path: ParameterPath) throws {
        try configuration.validate()
        self.configuration = configuration
        let formerCount = path.source.parameters.count
        let path = path["text_model"]
        let spread = 0.02 * configuration.initializerFactor
        tokenEmbedding = try Embedding(
            configuration.vocabularySize,
            configuration.hiddenSize,
            standardDeviation: spread,
            at: path["embeddings"]["token_embedding"]
        )
        positionEmbedding = try Embedding(
            configuration.positionCount,
            configuration.hiddenSize,
            standardDeviation: spread,
            at: path["embeddings"]["position_embedding"]
        )
        layers = try (0..<configuration.layerCount).map { index in
            try CLIPEncoderLayer(configuration, at: path["encoder"]["layers"][index])
        }
        finalLayerNorm = try LayerNorm(
            configuration.hiddenSize,
            epsilon: configuration.normEpsilon,
            at: path["final_layer_norm"]
        )
        parameters = Array(path.source.parameters.dropFirst(formerCount))
    }

    /// The normalized hidden states of tokenized texts.
    ///
    /// - Parameter tokenIDs: `int64` `[N, tokens]`, at most `configuration.positionCount` tokens.
    /// - Returns: `[N, tokens, hiddenSize]`.
    public func callAsFunction(_ tokenIDs: Tensor) -> Tensor {
        let positions = Tensor.arange(tokenIDs.size(1), device: tokenIDs.device)
        let embedded = tokenEmbedding(tokenIDs) + positionEmbedding(positions).unsqueezed(0)
        return finalLayerNorm(layers.reduce(embedded) { $1($0) })
    }

    /// The hidden state of each text's end token, which sums the text up.
    ///
    /// - Parameters:
    ///   - hiddenStates: what the model gave for `tokenIDs`.
    ///   - tokenIDs: `int64` `[N, tokens]`.
    /// - Returns: `[N, hiddenSize]`.
    public func pooled(_ hiddenStates: Tensor, _ tokenIDs: Tensor) -> Tensor {
        let isOldConfiguration = configuration.endTokenID == 2
        let marks =
            isOldConfiguration
            ? tokenIDs : aten("aten::eq.Scalar", tokenIDs, configuration.endTokenID).to(.int64)
        let starts = aten("aten::mul.Scalar", Tensor.arange(tokenIDs.size(0)), tokenIDs.size(1))
        let positions = starts.to(tokenIDs.device) + marks.argmax(1)
        return hiddenStates.flattened(from: 0, to: 1).gathered(0, at: positions)
    }
}

/// Causal self-attention and a feed-forward network, each added to its normalized input.
private final class CLIPEncoderLayer {
    private let layerNorm1: LayerNorm
    private let attention: CLIPAttention
    private let layerNorm2: LayerNorm
    private let fc1: Linear
    private let fc2: Linear
    private let activation: Activation

    init(_ configuration: CLIPTextModel.Configuration, at path: ParameterPath) throws {
        let (width, inner) = (configuration.hiddenSize, configuration.intermediateSize)
        let epsilon = configuration.normEpsilon
        layerNorm1 = try LayerNorm(width, epsilon: epsilon, at: path["layer_norm1"])
        attention = try CLIPAttention(configuration, at: path["self_attn"])
        layerNorm2 = try LayerNorm(width, epsilon: epsilon, at: path["layer_norm2"])
        fc1 = try Linear(
            width,
            inner,
            standardDeviation: configuration.initializerFactor / Double(2 * width).squareRoot(),
            at: path["mlp"]["fc1"]
        )
        fc2 = try Linear(
            inner,
            width,
            standardDeviation: configuration.residualStandardDeviation,
            at: path["mlp"]["fc2"]
        )
        activation = configuration.activation
    }

    func callAsFunction(_ input: Tensor) -> Tensor {
        let hidden = input + attention(layerNorm1(input))
        return hidden + fc2(activation(fc1(layerNorm2(hidden))))
    }
}

/// Multi-head attention in which a token sees only itself and those before it.
private final class CLIPAttention {
    private let qProj: Linear
    private let kProj: Linear
    private let vProj: Linear
    private let outProj: Linear
    private let headCount: Int

    init(_ configuration: CLIPTextModel.Configuration, at path: ParameterPath) throws {
        let width = configuration.hiddenSize
        func projection(_ name: String, _ standardDeviation: Double) throws -> Linear {
            try Linear(width, width, standardDeviation: standardDeviation, at: path[name])
        }
        qProj = try projection("q_proj", configuration.residualStandardDeviation)
        kProj = try projection("k_proj", configuration.residualStandardDeviation)
        vProj = try projection("v_proj", configuration.residualStandardDeviation)
        outProj = try projection(
            "out_proj",
            configuration.initializerFactor / Double(width).squareRoot()
        )
        headCount = configuration.headCount
    }

    func callAsFunction(_ input: Tensor) -> Tensor {
        func heads(_ projection: Linear) -> Tensor { projection(input).splitIntoHeads(headCount) }
        let attended = heads(qProj).scaledDotProductAttention(
            keys: heads(kProj),
            values: heads(vProj),
            isCausal: true
        )
        return outProj(attended.joinedHeads())
    }
}

extension CLIPTextModel.Configuration {
    /// Initial spread of weights whose effects add up over the layers.
    fileprivate var residualStandardDeviation: Double {
        initializerFactor / Double(hiddenSize * 2 * layerCount).squareRoot()
    }
}
