/// Why an image cannot be made.
public enum PipelineError: Error, Equatable, Sendable {
    /// A side is not a positive multiple of the autoencoder's factor.
    case invalidSize(width: Int, height: Int, multiple: Int)
    /// The image is larger than is ever sensible, or than the memory allows.
    case tooLarge(width: Int, height: Int, neededBytes: Int, availableBytes: Int)
    /// A guidance scale that is negative or not a number.
    case invalidGuidance(Double)
    /// The parts of a model folder do not fit each other, or not the task.
    case mismatchedParts(folder: String, found: String, expected: String)
    /// A model for inpainting is asked for something else.
    case onlyInpaints(folder: String)
    /// A strength outside 0 to 1, or one that leaves no step for a repainted region.
    case invalidStrength(Double, inferenceStepCount: Int)
    /// A picture of another size than the request's.
    case pictureSize(width: Int, height: Int, expectedWidth: Int, expectedHeight: Int)
    /// model_index.json states defaults that cannot be used.
    case invalidDefaults(path: String, reason: String)
    /// The computation gave NaN or infinity; `step` is nil when it did in decoding.
    case notFinite(prompt: String, seed: UInt64, step: Int?)
}

extension PipelineError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .invalidSize(let width, let height, let multiple):
            return "an image of \(width)x\(height) pixels cannot be made: both sides must be "
                + "positive multiples of \(multiple); "
                + "nearest: \(Self.nearest(width, multiple))x\(Self.nearest(height, multiple))"
        case .tooLarge(let width, let height, let needed, let available):
            return "an image of \(width)x\(height) pixels would take about "
                + "\(Self.gigabytes(needed)) of memory, of which there is "
                + "\(Self.gigabytes(available)); choose a smaller size"
        case .invalidGuidance(let scale):
            return "a guidance scale of \(scale) has no meaning; choose 0 or more, usually 1 to 15"
        case .mismatchedParts(let folder, let found, let expected):
            return "the model in \(folder) cannot make images from text: it has \(found), "
                + "but needs \(expected)"
        case .onlyInpaints(let folder):
            return "the model in \(folder) is made for inpainting and does nothing else; "
                + "choose another model, or `edit inpaint`"
        case .invalidStrength(let strength, let count):
            return "a strength of \(strength) with \(count) steps cannot be: it goes from 0 "
                + "(nothing changes) to 1, and repainting needs at least one step"
        case .pictureSize(let width, let height, let expectedWidth, let expectedHeight):
            return "the picture has \(width)x\(height) pixels where the request has "
                + "\(expectedWidth)x\(expectedHeight)"
        case .invalidDefaults(let path, let reason):
            return "\(path): _skiagraph_defaults is not usable: \(reason)"
        case .notFinite(let prompt, let seed, let step):
            let place = step.map { "in step \($0)" } ?? "in decoding"
            return "the image for \"\(prompt)\" with seed \(seed) became NaN or infinite \(place); "
                + "use float32 or bfloat16, or check the model's weights"
        }
    }

    private static func nearest(_ side: Int, _ multiple: Int) -> Int {
        max(1, (side + multiple / 2) / multiple) * multiple
    }

    private static func gigabytes(_ bytes: Int) -> String {
        let tenths = bytes / 100_000_000
        return "\(tenths / 10).\(tenths % 10) GB"
    }
}
