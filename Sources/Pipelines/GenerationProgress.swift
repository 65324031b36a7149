/// How far a generation has come; reported after every step.
public struct GenerationProgress: Sendable, Equatable {
    /// The image in work, from 0.
    public let imageIndex: Int
    /// The images of the call.
    public let imageCount: Int
    /// Finished network evaluations of this image, 1 to `stepCount`.
    public let step: Int
    /// Network evaluations of the image; more than the steps asked for with some schedulers.
    public let stepCount: Int

    /// Makes a report.
    public init(imageIndex: Int, imageCount: Int, step: Int, stepCount: Int) {
        self.imageIndex = imageIndex
        self.imageCount = imageCount
        self.step = step
        self.stepCount = stepCount
    }
}
