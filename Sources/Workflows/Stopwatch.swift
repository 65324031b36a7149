/// Foretells the time that the rest of a request takes.
struct Stopwatch {
    private let start = ContinuousClock.now
    private let imageCount: Int
    private var finishedCount = 0

    init(imageCount: Int) {
        self.imageCount = imageCount
    }

    mutating func finishImage() { finishedCount += 1 }

    func remaining(afterStep step: Int, of stepCount: Int) -> Duration {
        let done = finishedCount * stepCount + step
        guard done > 0 else { return .zero }
        let left = imageCount * stepCount - done
        return (.now - start) * (Double(max(left, 0)) / Double(done))
    }
}
