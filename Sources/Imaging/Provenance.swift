/// Where a generated or edited picture comes from, as written into its file.
///
/// Names and values are those of the request; hashes are lower-case hexadecimal SHA-256.
public struct Provenance: Codable, Hashable, Sendable {
    /// The kind of digital source (IPTC News Codes), of those that this software makes.
    public enum DigitalSourceType: String, Codable, Sendable {
        /// Made by a trained model alone.
        case trainedAlgorithmicMedia
        /// A real image in which a trained model has repainted parts.
        case compositeWithTrainedAlgorithmicMedia

        /// The term's address in the IPTC vocabulary.
        public var uri: String { "http://cv.iptc.org/newscodes/digitalsourcetype/" + rawValue }
    }

    /// The words that were asked for.
    public var prompt: String
    /// The words that were to be avoided.
    public var negativePrompt: String?
    /// The request's seed; this picture's noise is seeded with `seed + index`.
    public var seed: UInt64
    /// The picture's place in its request, from 0.
    public var index: Int
    /// Denoising steps.
    public var inferenceStepCount: Int
    /// The weight of classifier-free guidance.
    public var guidanceScale: Double
    /// The scheduler, by the name that the command line uses.
    public var scheduler: String
    /// The generated picture's columns.
    public var width: Int
    /// The generated picture's rows.
    public var height: Int
    /// The model's name.
    public var model: String
    /// The hash of the model's weights.
    public var modelSHA256: String?
    /// The number type of the computation, for instance "float32".
    public var dtype: String
    /// The device of the computation, for instance "cpu".
    public var device: String
    /// The version of Skiagraph.
    public var softwareVersion: String
    /// Whether a real image is part of the picture.
    public var digitalSourceType: DigitalSourceType
    /// The hash of the picture that was edited.
    public var parentSHA256: String?
    /// The hash of an edit's mask: one byte a pixel, 255 where it was repainted, 0 elsewhere.
    public var maskSHA256: String?
    /// What was done to the parent, with its settings, for instance "restyle strength=0.5".
    public var edit: String?

    enum CodingKeys: String, CodingKey {
        case prompt
        case negativePrompt = "negative_prompt"
        case seed
        case index
        case inferenceStepCount = "steps"
        case guidanceScale = "guidance"
        case scheduler
        case width
        case height
        case model
        case modelSHA256 = "model_sha256"
        case dtype
        case device
        case softwareVersion = "software_version"
        case digitalSourceType = "digital_source_type"
        case parentSHA256 = "parent_sha256"
        case maskSHA256 = "mask_sha256"
        case edit
    }

    /// Makes the provenance of a generated picture; for an edit, set the parent, the mask and the
    /// source type too.
    public init(
        prompt: String,
        negativePrompt: String? = nil,
        seed: UInt64,
        index: Int,
        inferenceStepCount: Int,
        guidanceScale: Double,
        scheduler: String,
        width: Int,
        height: Int,
        model: String,
        modelSHA256: String? = nil,
        dtype: String,
        device: String,
        softwareVersion: String,
        digitalSourceType: DigitalSourceType = .trainedAlgorithmicMedia,
        parentSHA256: String? = nil,
        maskSHA256: String? = nil,
        edit: String? = nil
    ) {
        self.prompt = prompt
        self.negativePrompt = negativePrompt
        self.seed = seed
        self.index = index
        self.inferenceStepCount = inferenceStepCount
        self.guidanceScale = guidanceScale
        self.scheduler = scheduler
        self.width = width
        self.height = height
        self.model = model
        self.modelSHA256 = modelSHA256
        self.dtype = dtype
        self.device = device
        self.softwareVersion = softwareVersion
        self.digitalSourceType = digitalSourceType
        self.parentSHA256 = parentSHA256
        self.maskSHA256 = maskSHA256
        self.edit = edit
    }
}
