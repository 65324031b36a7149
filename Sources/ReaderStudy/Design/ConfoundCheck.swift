/// Whether the file format alone tells real from fake images: a small classifier, cross-validated.
///
/// Readers who can learn "synthetic ones have a darker border" do not judge radiology. The check
/// fits `LogisticRegression` to features of the format and rates each image by a model that has not
/// seen it; an area under the curve whose interval lies above 0.5 is a warning.
public struct ConfoundCheck: Sendable, Equatable, Codable {
    /// A feature and what it contributes.
    public struct Feature: Sendable, Equatable, Codable {
        /// The feature's name.
        public var name: String
        /// Its weight in the model of all images, standardized; positive where fakes have more of it.
        public var weight: Double
        /// The area under the curve of the feature alone; over one half where fakes have more of it.
        public var area: Double

        /// How far the area is from one half, where a feature tells nothing.
        public var separation: Double { abs(area - 0.5) }
    }

    /// The area under the curve of the images' out-of-fold scores.
    public let area: Double
    /// Its interval.
    public let interval: ConfidenceInterval
    /// The folds of the cross-validation.
    public let foldCount: Int
    /// The features, those first that separate most by themselves.
    public let features: [Feature]

    /// The fewest images of either kind.
    public static let smallestCount = 4
    /// The largest number of folds.
    public static let largestFoldCount = 5

    /// Whether the format separates the classes: the interval lies above one half.
    public var separates: Bool { interval.lower > 0.5 }

    /// Checks images.
    ///
    /// - Parameters:
    ///   - real: a row of features per real image, at least `smallestCount`.
    ///   - fake: a row of features per fake image, at least `smallestCount`.
    ///   - names: the features' names.
    ///   - seed: draws the folds.
    /// - Throws: `StudyError` for fewer images, ragged rows or values that are not finite.
    public init(
        real: [[Double]],
        fake: [[Double]],
        names: [String],
        seed: UInt64
    ) throws(StudyError) {
        try StudyError.check(
            real.count,
            atLeast: Self.smallestCount,
            "real images of a confound check"
        )
        try StudyError.check(
            fake.count,
            atLeast: Self.smallestCount,
            "fake images of a confound check"
        )
        guard names.count == real[0].count else {
            throw .lengths(
                what: "features and their names",
                first: real[0].count,
                second: names.count
            )
        }
        let samples = real + fake
        let isFake = samples.indices.map { $0 >= real.count }
        let foldCount = min(Self.largestFoldCount, real.count, fake.count)
        let folds = Self.folds(real.count, fake.count, foldCount, seed: seed)
        var scores = [Double](repeating: 0, count: samples.count)
        for fold in 0..<foldCount {
            let kept = samples.indices.filter { folds[$0] != fold }
            let model = try LogisticRegression(
                samples: kept.map { samples[$0] },
                isPositive: kept.map { isFake[$0] }
            )
            for index in samples.indices where folds[index] == fold {
                scores[index] = model.score(samples[index])
            }
        }
        let area = try AreaUnderCurve(
            positives: Array(scores[real.count...]),
            negatives: Array(scores[..<real.count])
        )
        let all = try LogisticRegression(samples: samples, isPositive: isFake)
        self.area = area.value
        interval = try area.newcombeInterval()
        self.foldCount = foldCount
        var features: [Feature] = []
        for (index, name) in names.enumerated() {
            let alone = try AreaUnderCurve(
                positives: fake.map { $0[index] },
                negatives: real.map { $0[index] }
            )
            features.append(
                Feature(name: name, weight: all.weights[index], area: alone.value)
            )
        }
        self.features = features.sorted { $0.separation > $1.separation }
    }

    /// The fold of each sample: real images shuffled and dealt in turn, then fake ones.
    private static func folds(
        _ realCount: Int,
        _ fakeCount: Int,
        _ foldCount: Int,
        seed: UInt64
    ) -> [Int] {
        var generator = SeededGenerator(seed: seed, stream: "confound check")
        var folds = [Int](repeating: 0, count: realCount + fakeCount)
        for samples in [0..<realCount, realCount..<realCount + fakeCount] {
            for (place, index) in generator.shuffled(Array(samples)).enumerated() {
                folds[index] = place % foldCount
            }
        }
        return folds
    }
}
