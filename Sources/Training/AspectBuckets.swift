import Foundation

/// Sizes of about one area for images of different shapes, which are cropped less than to squares.
public struct AspectBuckets: Sendable {
    /// Width and height in pixels.
    public struct Size: Hashable, Sendable, CustomStringConvertible {
        /// Pixels across.
        public let width: Int
        /// Pixels down.
        public let height: Int

        /// "640x384".
        public var description: String { "\(width)x\(height)" }

        /// The number that tells shapes apart: alike far from 0 where width and height are exchanged.
        fileprivate var logRatio: Double { log(Double(width) / Double(height)) }
    }

    /// The sizes, from the tallest to the widest.
    public let sizes: [Size]

    /// The sizes of an area of at most `side` squared.
    ///
    /// - Parameters:
    ///   - side: width and height of the square among them, a multiple of `multiple`.
    ///   - multiple: what both lengths are multiples of.
    ///   - maximumRatio: of the longer to the shorter side.
    public init(side: Int, multiple: Int, maximumRatio: Double = 2.5) {
        var found: Set<Size> = []
        for long in stride(from: side, through: side * 4, by: multiple) {
            let short = side * side / long / multiple * multiple
            guard short > 0, Double(long) / Double(short) <= maximumRatio else { continue }
            found.insert(Size(width: long, height: short))
            found.insert(Size(width: short, height: long))
        }
        sizes = found.sorted {
            ($0.logRatio, $0.width) < ($1.logRatio, $1.width)
        }
    }

    /// The position among `sizes` of the one whose shape is nearest; of two of one shape the larger.
    public func nearest(width: Int, height: Int) -> Int {
        let ratio = log(Double(width) / Double(height))
        func distance(_ index: Int) -> (Double, Int) {
            (abs(sizes[index].logRatio - ratio), -sizes[index].width)
        }
        return sizes.indices.min { distance($0) < distance($1) } ?? 0
    }
}
