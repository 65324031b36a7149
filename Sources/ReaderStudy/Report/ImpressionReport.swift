/// What readers thought of the quality before they knew that some images are synthetic.
public struct ImpressionReport: Sendable, Equatable, Encodable {
    /// A first impression.
    public struct Impression: Sendable, Equatable {
        /// What the image is.
        public var truth: Truth
        /// Its quality, from 1 (very poor) to 5 (very good).
        public var quality: Int

        /// Creates an impression.
        public init(truth: Truth, quality: Int) {
            (self.truth, self.quality) = (truth, quality)
        }
    }

    /// Numbers of real images by quality, 1 to 5.
    public let real: [Int]
    /// Numbers of fake images by quality, 1 to 5.
    public let fake: [Int]
    /// The probability that a fake image is rated better than a real one, ties half, with DeLong's
    /// interval over images; repeated ratings of an image by several readers count as if independent.
    public let fakeIsBetter: Outcome<Comparison>

    /// A probability and its interval.
    public struct Comparison: Sendable, Equatable, Encodable {
        /// The probability.
        public let value: Double
        /// Its interval.
        public let interval: ConfidenceInterval
    }

    /// The largest quality.
    public static let largestQuality = 5

    /// Counts impressions.
    ///
    /// - Throws: `StudyError` without one, or for a quality off the scale.
    public init(_ impressions: [Impression]) throws(StudyError) {
        try StudyError.check(impressions.count, atLeast: 1, "first impressions")
        for impression in impressions {
            try StudyError.check(
                Double(impression.quality),
                in: 1...Double(Self.largestQuality),
                "a quality"
            )
        }
        func qualities(_ truth: Truth) -> [Int] {
            impressions.filter { $0.truth == truth }.map(\.quality)
        }
        func counts(_ truth: Truth) -> [Int] {
            (1...Self.largestQuality).map { level in qualities(truth).count { $0 == level } }
        }
        real = counts(.real)
        fake = counts(.fake)
        fakeIsBetter = Outcome { () throws(StudyError) in
            let area = try AreaUnderCurve(
                positives: qualities(.fake).map(Double.init),
                negatives: qualities(.real).map(Double.init)
            )
            let interval =
                try area.variance > 0 ? area.interval() : area.newcombeInterval()
            return Comparison(value: area.value, interval: interval)
        }
    }
}
