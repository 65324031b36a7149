public import Archive

/// An image that may not leave.
public struct BlockedImage: Sendable, Hashable {
    /// Its record.
    public let record: ImageRecord
    /// All that stands in the way.
    public let obstacles: [Obstacle]

    /// A line a reason.
    public var lines: [String] {
        obstacles.map { "image \(record.id): \($0.code): \($0.description(of: record.id))" }
    }
}
