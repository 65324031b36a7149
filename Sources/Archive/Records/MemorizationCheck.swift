import Foundation

/// How near an image is to the training image nearest to it.
public struct MemorizationCheck: Sendable, Hashable, Codable {
    /// What the distance is of, for instance the name and hash of a feature network.
    public let measure: String
    /// The nearest training image, by a name that the training data give it.
    public let nearest: String
    /// The distance to it.
    public let distance: Double
    /// The distance that an image must at least have, calibrated on held-out images.
    public let threshold: Double
    /// The training data, by name or hash.
    public let trainingData: String
    /// When it was measured.
    public let checkedAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case measure, nearest, distance, threshold
        case trainingData = "training_data"
        case checkedAt = "checked_at"
    }

    /// Makes the result of a check.
    public init(
        measure: String,
        nearest: String,
        distance: Double,
        threshold: Double,
        trainingData: String,
        checkedAt: Timestamp = Timestamp()
    ) {
        self.measure = measure
        self.nearest = nearest
        self.distance = distance
        self.threshold = threshold
        self.trainingData = trainingData
        self.checkedAt = checkedAt
    }

    /// Whether the image is far enough from every training image.
    public var isPassed: Bool { distance >= threshold }
}

extension MemorizationCheck: CustomStringConvertible {
    /// Distance, threshold and neighbour in one line.
    public var description: String {
        func digits(_ number: Double) -> String { String(format: "%.4g", number) }
        return
            "\(measure) \(digits(distance)), at least \(digits(threshold)) needed; nearest \(nearest)"
    }
}
