/// How a run is looked at while it goes on: pictures and a loss that only the weights change.
public struct ValidationSettings: Codable, Equatable, Sendable {
    /// Steps between two looks; 0 for none.
    public var interval = 500
    /// What to draw; none takes the captions of the first images kept for tests, or else of those to learn.
    public var prompts: [String] = []
    /// The number of those captions.
    public var pictureCount = 4
    /// Where the noise of pictures and loss begins.
    public var seed: UInt64 = 1
    /// Steps of drawing a picture.
    public var inferenceStepCount = 25
    /// How many of the images kept for tests the loss is of, at most.
    public var lossImageCount = 64

    /// The defaults.
    public init() {}

    /// Whether it is time after `step` steps of `stepCount`.
    public func isDue(after step: Int, of stepCount: Int) -> Bool {
        interval > 0 && (step.isMultiple(of: interval) || step == stepCount)
    }

    /// Checks what would end a run in its middle.
    ///
    /// - Throws: `TrainingError.invalidSetting`.
    public func validate() throws(TrainingError) {
        for (name, count, least) in [
            ("interval", interval, 0), ("pictureCount", pictureCount, 0),
            ("lossImageCount", lossImageCount, 0), ("inferenceStepCount", inferenceStepCount, 1),
        ] where count < least {
            throw .invalidSetting(
                name: "validation.\(name)",
                value: "\(count)",
                requirement: "\(least) or more"
            )
        }
    }
}
