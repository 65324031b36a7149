public import Imaging
import Models
public import Tensors

/// What determines one edited picture besides the model.
public struct ImageEditRequest: Sendable, Equatable {
    /// What becomes of the picture.
    public enum Change: Sendable, Equatable {
        /// The whole picture is noised and denoised under the prompt (image to image; Meng et al.,
        /// SDEdit, arXiv:2108.01073).
        case restyle
        /// The masked pixels are painted anew.
        case inpaint(PixelMask)
        /// The picture's own noise is found by DDIM inversion and turned towards fresh noise.
        case vary
    }

    /// Prompt, seed, steps and scheduler; width and height are the picture's.
    public var text: TextToImageRequest
    /// The picture, of any depth; grey or colours are made what the model takes.
    public var picture: PixelImage
    /// What becomes of it.
    public var change: Change
    /// How much changes, 0 for nothing to 1 for everything; as many of the steps are taken.
    public var strength: Double
    /// Whether an inpainting of strength 1 begins with the picture under the noise, and not with noise
    /// alone as in diffusers; what lies under the mask then leads the tones of what is painted there.
    public var startsFromPicture: Bool

    /// Makes a request.
    public init(
        text: TextToImageRequest,
        picture: PixelImage,
        change: Change,
        strength: Double,
        startsFromPicture: Bool = false
    ) {
        self.text = text
        self.picture = picture
        self.change = change
        self.strength = strength
        self.startsFromPicture = startsFromPicture
    }

    /// Whether a step is taken; without one the picture comes out as the autoencoder has it.
    var hasSteps: Bool { skippedStepCount < text.inferenceStepCount }

    /// Steps left out at the noisy end, as diffusers counts them.
    var skippedStepCount: Int {
        let count = text.inferenceStepCount
        return count - min(Int(Double(count) * strength), count)
    }
}

extension PipelineConfiguration {
    /// Checks all of an edit that can be checked beforehand.
    ///
    /// - Throws: `PipelineError`, `SchedulerError`, or `ImagingError` for the mask.
    public func validate(_ request: ImageEditRequest, on device: Device = .cpu) throws {
        try validateEdit(request.text, on: device)
        let (text, picture) = (request.text, request.picture)
        guard picture.width == text.width, picture.height == text.height else {
            throw PipelineError.pictureSize(
                width: picture.width,
                height: picture.height,
                expectedWidth: text.width,
                expectedHeight: text.height
            )
        }
        let invalidStrength = PipelineError.invalidStrength(
            request.strength,
            inferenceStepCount: text.inferenceStepCount
        )
        guard (0...1).contains(request.strength) else { throw invalidStrength }
        switch request.change {
        case .inpaint(let mask):
            try mask.validate(width: picture.width, height: picture.height)
            guard request.hasSteps else { throw invalidStrength }
        case .restyle, .vary:
            guard !isForInpainting else { throw PipelineError.onlyInpaints(folder: folder.path) }
        }
    }
}
