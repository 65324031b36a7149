public import Imaging

/// How a canvas around a picture is covered by overlapping windows, from the picture outward.
///
/// All positions are multiples of the autoencoder's factor, so that windows share latent positions.
public struct OutpaintingLayout: Sendable, Equatable {
    /// Columns of the canvas.
    public let width: Int
    /// Rows of the canvas.
    public let height: Int
    /// Where the picture lies on the canvas; its corner is a multiple of the factor.
    public let source: PixelRectangle
    /// The windows in the order of painting; each overlaps the picture or one before it.
    public let windows: [PixelRectangle]
    /// The windows over the picture, also those within it, that share something with a painted one.
    let sourceWindows: [PixelRectangle]
    /// Pixels that neighbouring windows share.
    public let overlap: Int
    /// Pixels a latent position stands for, along one side.
    public let factor: Int

    /// Covers a canvas.
    ///
    /// - Parameters:
    ///   - width: columns of the canvas, a multiple of `factor`.
    ///   - height: rows, too.
    ///   - source: the picture's place, its corner at multiples of `factor`.
    ///   - windowWidth: columns of a window, a multiple of `factor`; less on a narrow canvas.
    ///   - windowHeight: rows of a window, too.
    ///   - factor: pixels of a latent position.
    public init(
        width: Int,
        height: Int,
        source: PixelRectangle,
        windowWidth: Int,
        windowHeight: Int,
        factor: Int
    ) {
        (self.width, self.height, self.source, self.factor) = (width, height, source, factor)
        overlap = min(windowWidth, windowHeight) / 2 / factor * factor
        let columns = Axis(
            length: width,
            source: source.x..<source.x + source.width,
            window: min(windowWidth, width),
            stride: max(windowWidth - overlap, factor),
            factor: factor
        )
        let rows = Axis(
            length: height,
            source: source.y..<source.y + source.height,
            window: min(windowHeight, height),
            stride: max(windowHeight - overlap, factor),
            factor: factor
        )
        let known = PixelRectangle(
            x: source.x,
            y: source.y,
            width: source.width / factor * factor,
            height: source.height / factor * factor
        )
        let placed = rows.spans.flatMap { row in
            columns.spans.map { column in
                let window = PixelRectangle(
                    x: column.start,
                    y: row.start,
                    width: min(windowWidth, width),
                    height: min(windowHeight, height)
                )
                return (window, distance: row.distance + column.distance)
            }
        }
        let painted = placed.filter { !Self.contains(known, $0.0) }
            .sorted { ($0.distance, $0.0.y, $0.0.x) < ($1.distance, $1.0.y, $1.0.x) }
            .map(\.0)
        windows = painted
        sourceWindows = placed.map(\.0).filter { window in
            window.overlaps(known) && painted.contains { $0.overlaps(window) }
        }
    }

    /// The lines along which the canvas is put together: the edges of windows and of the picture, as far
    /// as something painted lies beside them.
    public var borders: [SeamScore.Border] {
        var met: Set<SeamScore.Border> = []
        return (windows + [source]).flatMap(Self.edges)
            .flatMap { $0.parts(outside: source) }
            .filter { met.insert($0).inserted }
    }

    private static func edges(of area: PixelRectangle) -> [SeamScore.Border] {
        let (right, bottom) = (area.x + area.width, area.y + area.height)
        return [
            SeamScore.Border(isVertical: true, x: area.x, y: area.y, length: area.height),
            SeamScore.Border(isVertical: true, x: right, y: area.y, length: area.height),
            SeamScore.Border(isVertical: false, x: area.x, y: area.y, length: area.width),
            SeamScore.Border(isVertical: false, x: area.x, y: bottom, length: area.width),
        ]
    }

    private static func contains(_ outer: PixelRectangle, _ inner: PixelRectangle) -> Bool {
        outer.x <= inner.x && outer.y <= inner.y
            && inner.x + inner.width <= outer.x + outer.width
            && inner.y + inner.height <= outer.y + outer.height
    }

    /// Where windows begin along one side, and how many windows they are from the picture.
    private struct Axis {
        var spans: [(start: Int, distance: Int)] = []

        init(length: Int, source: Range<Int>, window: Int, stride: Int, factor: Int) {
            let end = source.upperBound / factor * factor
            let last = length - window
            let inner: Range<Int>
            if end - source.lowerBound >= window {
                inner = source.lowerBound..<end
            } else {
                let middle = (source.lowerBound + end - window) / 2 / factor * factor
                let start = min(max(middle, 0), last)
                inner = start..<start + window
            }
            let lastInner = inner.upperBound - window
            let starts =
                Array(Swift.stride(from: inner.lowerBound, to: lastInner, by: stride)) + [lastInner]
            spans = starts.map { ($0, 0) }
            var distance = 1
            while inner.lowerBound - (distance - 1) * stride > 0 {
                spans.append((max(inner.lowerBound - distance * stride, 0), distance))
                distance += 1
            }
            distance = 1
            while lastInner + (distance - 1) * stride < last {
                let start = lastInner + distance * stride
                spans.append((min(start, last), distance))
                distance += 1
            }
        }
    }
}

extension SeamScore.Border {
    /// What is left without the pixels that have an area on both of the border's sides.
    fileprivate func parts(outside area: PixelRectangle) -> [SeamScore.Border] {
        let (column, row) = (area.x..<area.x + area.width, area.y..<area.y + area.height)
        let (across, along, start) =
            isVertical ? (column, row, (x, y)) : (row, column, (y, x))
        guard across.contains(start.0 - 1), across.contains(start.0) else { return [self] }
        let whole = start.1..<start.1 + length
        let before = whole.clamped(to: min(whole.lowerBound, along.lowerBound)..<along.lowerBound)
        let behind = whole.clamped(to: along.upperBound..<max(whole.upperBound, along.upperBound))
        return [before, behind].filter { !$0.isEmpty }.map { part in
            SeamScore.Border(
                isVertical: isVertical,
                x: isVertical ? x : part.lowerBound,
                y: isVertical ? part.lowerBound : y,
                length: part.count
            )
        }
    }
}
