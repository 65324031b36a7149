public import Schedulers

/// What determines one image besides the model.
public struct TextToImageRequest: Sendable, Equatable {
    /// What to show.
    public var prompt: String
    /// What to steer away from; read only when `guidanceScale` is above 1.
    public var negativePrompt: String
    /// The seed of this very image, from which all its noise comes.
    public var seed: UInt64
    /// Denoising steps, at least 1.
    public var inferenceStepCount: Int
    /// How far to follow the prompt beyond what the model would do by itself; 1 or less turns
    /// guidance off.
    public var guidanceScale: Double
    /// Columns of the image, a multiple of the autoencoder's factor (8 for Stable Diffusion).
    public var width: Int
    /// Rows of the image, a multiple of the same factor.
    public var height: Int
    /// The scheduler; nil for the model's own.
    public var scheduler: SchedulerKind?

    /// Makes a request.
    public init(
        prompt: String,
        negativePrompt: String = "",
        seed: UInt64,
        inferenceStepCount: Int,
        guidanceScale: Double,
        width: Int,
        height: Int,
        scheduler: SchedulerKind? = nil
    ) {
        self.prompt = prompt
        self.negativePrompt = negativePrompt
        self.seed = seed
        self.inferenceStepCount = inferenceStepCount
        self.guidanceScale = guidanceScale
        self.width = width
        self.height = height
        self.scheduler = scheduler
    }

    /// Whether the model also predicts without the prompt, to move away from that.
    var isGuided: Bool { guidanceScale > 1 }
}
