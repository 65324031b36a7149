/// The pixels of a picture that an edit may change; all others it must not.
public struct PixelMask: Sendable, Hashable {
    /// Columns, at least 1.
    public let width: Int
    /// Rows, at least 1.
    public let height: Int
    /// Row by row, whether a pixel is to be repainted.
    public private(set) var isRepainted: [Bool]

    /// Makes a mask that repaints nothing, or everything.
    ///
    /// - Throws: `ImagingError.invalidSize`.
    public init(width: Int, height: Int, repaintsAll: Bool = false) throws(ImagingError) {
        let count = try PixelImage.sampleCount(width, height, 1)
        self.init(
            trusted: Array(repeating: repaintsAll, count: count),
            width: width,
            height: height
        )
    }

    /// Wraps flags whose count the caller has made right.
    init(trusted isRepainted: [Bool], width: Int, height: Int) {
        self.width = width
        self.height = height
        self.isRepainted = isRepainted
    }

    /// Whether a pixel is to be repainted.
    public subscript(x: Int, y: Int) -> Bool {
        get { isRepainted[y * width + x] }
        set { isRepainted[y * width + x] = newValue }
    }

    /// The number of pixels to be repainted.
    public var count: Int { isRepainted.count { $0 } }

    /// The smallest rectangle around all pixels to be repainted; nil where there are none.
    public var boundingBox: PixelRectangle? {
        var (left, top, right, bottom) = (width, height, -1, -1)
        for y in 0..<height {
            let row = isRepainted[y * width..<(y + 1) * width]
            guard let first = row.firstIndex(of: true), let last = row.lastIndex(of: true) else {
                continue
            }
            (top, bottom) = (min(top, y), y)
            (left, right) = (min(left, first - y * width), max(right, last - y * width))
        }
        guard right >= 0 else { return nil }
        return PixelRectangle(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    }

    /// The mask with repainted and kept pixels exchanged.
    public var inverted: PixelMask {
        PixelMask(trusted: isRepainted.map { !$0 }, width: width, height: height)
    }

    /// The pixels that either mask repaints.
    ///
    /// - Throws: `ImagingError.maskSize` where the sizes differ.
    public func union(_ other: PixelMask) throws(ImagingError) -> PixelMask {
        try other.check(width: width, height: height)
        let both = zip(isRepainted, other.isRepainted).map { $0 || $1 }
        return PixelMask(trusted: both, width: width, height: height)
    }

    /// The part of the mask inside a rectangle.
    ///
    /// - Throws: `ImagingError.outOfBounds`.
    public func cropped(to rectangle: PixelRectangle) throws(ImagingError) -> PixelMask {
        guard rectangle.fits(width: width, height: height) else {
            throw .outOfBounds(rectangle, width: width, height: height)
        }
        let rows = rectangle.y..<rectangle.y + rectangle.height
        let flags = rows.flatMap { y in
            let start = y * width + rectangle.x
            return isRepainted[start..<start + rectangle.width]
        }
        return PixelMask(trusted: flags, width: rectangle.width, height: rectangle.height)
    }

    /// Checks that a mask can steer an edit of a picture of that size.
    ///
    /// - Throws: `ImagingError.maskSize`, `.emptyMask` or `.fullMask`.
    public func validate(width: Int, height: Int) throws(ImagingError) {
        try check(width: width, height: height)
        let count = count
        guard count > 0 else { throw .emptyMask }
        guard count < isRepainted.count else { throw .fullMask }
    }

    private func check(width expectedWidth: Int, height expectedHeight: Int) throws(ImagingError) {
        guard width == expectedWidth, height == expectedHeight else {
            throw .maskSize(
                width: width,
                height: height,
                expectedWidth: expectedWidth,
                expectedHeight: expectedHeight
            )
        }
    }
}
