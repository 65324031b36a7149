/// A rectangle of whole pixels; the origin is the image's upper left corner.
public struct PixelRectangle: Sendable, Hashable, CustomStringConvertible {
    /// The first column.
    public var x: Int
    /// The first row.
    public var y: Int
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// Makes a rectangle; one that is empty or leaves an image is refused where it is used.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The rectangle as "WxH at x,y".
    public var description: String { "\(width)x\(height) at \(x),\(y)" }

    /// Whether two rectangles share a pixel.
    public func overlaps(_ other: PixelRectangle) -> Bool {
        x < other.x + other.width && other.x < x + width
            && y < other.y + other.height && other.y < y + height
    }

    /// Whether the rectangle has pixels and all of them lie in an image of the given size.
    public func fits(width imageWidth: Int, height imageHeight: Int) -> Bool {
        x >= 0 && y >= 0 && width > 0 && height > 0
            && width <= imageWidth && height <= imageHeight
            && x <= imageWidth - width && y <= imageHeight - height
    }
}
