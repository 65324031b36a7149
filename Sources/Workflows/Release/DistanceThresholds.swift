import Evaluation

/// The distances that an image must at least have, by the set of the training image that is nearest to it.
struct DistanceThresholds {
    private let bySet: [String: Double]
    private let all: Double

    /// Calibrates them.
    ///
    /// - Parameters:
    ///   - distances: those of held-out images to the training images nearest to them.
    ///   - sets: the set of each held-out image.
    ///   - share: the part of the held-out images that may be nearer.
    init(_ distances: [Double], of sets: [String], share: Double) {
        bySet = Dictionary(grouping: zip(sets, distances)) { $0.0 }
            .mapValues { pairs in Distribution(pairs.map { $0.1 }).quantile(share) }
        all = Distribution(distances).quantile(share)
    }

    /// The threshold of a set; that of all images together for one without held-out images.
    subscript(set: String) -> Double { bySet[set] ?? all }
}
