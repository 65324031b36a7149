/// Finds text that was drawn into an image: rows of small bright marks near its borders.
///
/// Names and dates that a scanner burns in look so. A mark is a connected region as small as a letter,
/// of strokes brighter than what lies around them; some of one height, side by side, are text. One to
/// three such marks, as L and R on radiographs, are not.
public struct BurnedInText: Sendable, Hashable {
    /// Where each line of text lies.
    public let lines: [PixelRectangle]

    /// Fewer marks in a row are no text.
    public static let fewestMarks = 4

    /// Searches an image, a large one at half its size and smaller too, where thick strokes are thin.
    ///
    /// - Throws: `ImagingError` never in practice: half of a large image is a size.
    public init(_ image: PixelImage) throws(ImagingError) {
        var grey = image.withoutAlpha().convertedToGrey().convertedTo8Bit()
        var lines = Self.lines(in: grey)
        var scale = 1
        while min(grey.width, grey.height) > 1024 {
            scale *= 2
            grey = try grey.resized(
                width: grey.width / 2,
                height: grey.height / 2,
                filter: .bilinear
            )
            lines += Self.lines(in: grey).map { $0.scaled(by: scale) }
        }
        self.lines = lines
    }

    /// Whether there is any.
    public var isFound: Bool { !lines.isEmpty }

    private static func lines(in grey: PixelImage) -> [PixelRectangle] {
        var lines: [[PixelRectangle]] = []
        // Text has hundreds of letters; thousands of marks are texture.
        for mark in LetterMarks(grey).found.prefix(5_000).sorted(by: { ($0.x, $0.y) < ($1.x, $1.y) }
        ) {
            let index = lines.firstIndex { line in
                line.last.map { follows(mark, $0) } ?? false
            }
            if let index { lines[index].append(mark) } else { lines.append([mark]) }
        }
        return lines.filter { $0.count >= fewestMarks }.map(hull)
    }

    /// Whether a mark stands beside another as letters of a line do.
    private static func follows(_ mark: PixelRectangle, _ last: PixelRectangle) -> Bool {
        let taller = max(mark.height, last.height)
        let gap = mark.x - (last.x + last.width)
        let bottoms = abs(mark.y + mark.height - last.y - last.height)
        let tops = abs(mark.y - last.y)
        // Letters share a base line, or where one has a descender, the height at which they end.
        return (-taller / 3...taller).contains(gap)
            && 2 * min(mark.height, last.height) >= taller
            && 3 * min(bottoms, tops) <= taller
    }

    private static func hull(_ line: [PixelRectangle]) -> PixelRectangle {
        let left = line.map(\.x).min() ?? 0
        let top = line.map(\.y).min() ?? 0
        let right = line.map { $0.x + $0.width }.max() ?? left
        let bottom = line.map { $0.y + $0.height }.max() ?? top
        return PixelRectangle(x: left, y: top, width: right - left, height: bottom - top)
    }
}

extension PixelRectangle {
    fileprivate func scaled(by factor: Int) -> PixelRectangle {
        PixelRectangle(
            x: x * factor,
            y: y * factor,
            width: width * factor,
            height: height * factor
        )
    }
}
