/// A point in a picture, in pixels from the outer corner of the upper left pixel.
public struct PixelPoint: Sendable, Hashable {
    /// Distance from the left edge.
    public var x: Double
    /// Distance from the upper edge.
    public var y: Double

    /// Makes a point.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

extension PixelMask {
    /// Adds a rectangle to what is repainted.
    ///
    /// - Throws: `ImagingError.outOfBounds` where it is empty or leaves the picture.
    public mutating func add(_ rectangle: PixelRectangle) throws(ImagingError) {
        guard rectangle.fits(width: width, height: height) else {
            throw .outOfBounds(rectangle, width: width, height: height)
        }
        for y in rectangle.y..<rectangle.y + rectangle.height {
            for x in rectangle.x..<rectangle.x + rectangle.width { self[x, y] = true }
        }
    }

    /// Adds the pixels whose centres lie inside a polygon, by the even-odd rule.
    ///
    /// - Parameter polygon: its corners in order; the last joins the first.
    /// - Throws: `ImagingError.invalidPolygon` for fewer than three corners, or one outside.
    public mutating func add(polygon: [PixelPoint]) throws(ImagingError) {
        guard polygon.count >= 3 else {
            throw .invalidPolygon("it has \(polygon.count) of at least 3 corners")
        }
        for point in polygon {
            let isInside =
                (0...Double(width)).contains(point.x) && (0...Double(height)).contains(point.y)
            guard isInside else {
                throw .invalidPolygon(
                    "its corner \(point.x),\(point.y) lies outside of \(width)x\(height) pixels"
                )
            }
        }
        for y in 0..<height {
            let crossings = Self.crossings(of: polygon, at: Double(y) + 0.5)
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                // A pixel's centre is at x + 0.5.
                let first = max(0, Int((crossings[pair] - 0.5).rounded(.up)))
                let end = min(width, Int((crossings[pair + 1] - 0.5).rounded(.up)))
                for x in first..<max(first, end) { self[x, y] = true }
            }
        }
    }

    /// Where the polygon's sides cross a horizontal line, from left to right.
    private static func crossings(of polygon: [PixelPoint], at y: Double) -> [Double] {
        polygon.indices.compactMap { index -> Double? in
            let (start, end) = (polygon[index], polygon[(index + 1) % polygon.count])
            guard (start.y <= y) != (end.y <= y) else { return nil }
            return start.x + (y - start.y) / (end.y - start.y) * (end.x - start.x)
        }.sorted()
    }
}
