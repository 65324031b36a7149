import Tensors

extension GenerateImages {
    /// The type of the numbers that a model computes with.
    public enum NumberType: String, CaseIterable, Sendable {
        /// 32 bits; the reference.
        case float32
        /// 16 bits with the range of 32.
        case bfloat16

        var dtype: DType {
            switch self {
            case .float32: .float32
            case .bfloat16: .bfloat16
            }
        }
    }

    /// The kind of device that computes.
    public enum Processor: String, CaseIterable, Sendable {
        /// The processor cores.
        case cpu
        /// The first NVIDIA GPU.
        case cuda

        var device: Device {
            switch self {
            case .cpu: .cpu
            case .cuda: .cuda(index: 0)
            }
        }
    }

    /// What to draw, how, and where to put it; nil takes the model's own value.
    public struct Request: Sendable, Equatable {
        /// The words for each series of pictures.
        public var prompts: [String]
        /// Pictures a prompt.
        public var imageCount = 1
        /// The seed of each prompt's first picture; the others' count up from it.
        public var seed: UInt64
        /// Denoising steps.
        public var inferenceStepCount: Int?
        /// The weight of classifier-free guidance; 1 means none.
        public var guidanceScale: Double?
        /// A scheduler's name.
        public var scheduler: String?
        /// Words for what the pictures should not show.
        public var negativePrompt = ""
        /// Columns and rows.
        public var size: ImageSize?
        /// A model's name or folder.
        public var model = ModelLocator.defaultModel
        /// What is added to the model's weights.
        public var loras: [LoRA] = []
        /// The type of numbers.
        public var dtype = NumberType.float32
        /// The kind of device.
        public var device = Processor.cpu
        /// The folder of the pictures; it is made where it is missing.
        public var outputFolder = "out"
        /// The folder of the archive that takes a record of each picture; nil records nothing.
        public var workspace: String?
        /// Whether all pictures are put together on a contact sheet too.
        public var writesSheet = false

        /// Asks for one picture a prompt with the model's own settings.
        public init(prompts: [String], seed: UInt64) {
            self.prompts = prompts
            self.seed = seed
        }

        /// Checks what can be checked without a model.
        func validate() throws(WorkflowError) {
            guard !prompts.isEmpty else { throw .noPrompts }
            if let index = prompts.firstIndex(where: { $0.allSatisfy(\.isWhitespace) }) {
                throw .emptyPrompt(position: index + 1, count: prompts.count)
            }
            guard imageCount >= 1 else { throw .imageCount(imageCount) }
            guard !seed.addingReportingOverflow(UInt64(imageCount - 1)).overflow else {
                throw .seedOverflow(seed: seed, imageCount: imageCount)
            }
            if let inferenceStepCount, inferenceStepCount < 1 {
                throw .inferenceStepCount(inferenceStepCount)
            }
            if let guidanceScale, !(guidanceScale.isFinite && guidanceScale >= 0) {
                throw .guidanceScale(guidanceScale)
            }
        }
    }
}

/// Columns and rows of a picture.
public struct ImageSize: Hashable, Sendable {
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// Makes a size; one that a model cannot draw is refused where it is used.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}
