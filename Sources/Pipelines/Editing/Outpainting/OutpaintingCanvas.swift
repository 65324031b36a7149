import Imaging

/// A canvas that is painted window by window around a picture.
public struct OutpaintingCanvas: Sendable, Equatable {
    /// What a latent position holds.
    public enum Content: UInt8, Sendable {
        /// Nothing yet.
        case blank
        /// The source; it never changes.
        case source
        /// What a window has painted; a later one may still change it where they overlap.
        case painted
    }

    /// The windows and where the picture lies.
    public let layout: OutpaintingLayout
    /// The latents of the whole canvas; zero where nothing is yet.
    public internal(set) var latents: LatentGrid
    /// Row by row, what each latent position holds.
    public internal(set) var contents: [Content]
    /// Windows that are painted.
    public internal(set) var paintedCount: Int

    /// Takes up a canvas; one that is begun has all of its parts from before.
    public init(
        layout: OutpaintingLayout,
        latents: LatentGrid,
        contents: [Content],
        paintedCount: Int
    ) {
        self.layout = layout
        self.latents = latents
        self.contents = contents
        self.paintedCount = paintedCount
    }

    /// Whether every window is painted.
    public var isFinished: Bool { paintedCount >= layout.windows.count }

    /// A window in latent positions.
    func positions(of window: PixelRectangle) -> PixelRectangle {
        let factor = layout.factor
        return PixelRectangle(
            x: window.x / factor,
            y: window.y / factor,
            width: window.width / factor,
            height: window.height / factor
        )
    }

    /// What a window may change: all that is blank, nothing of the source, and of what is painted the
    /// less the farther it is from the blank.
    func changes(in window: PixelRectangle) -> ChangeMap {
        let part = positions(of: window)
        let reach = Double(max(layout.overlap / layout.factor / 2, 1))
        let contents = (0..<part.width * part.height).map { index in
            content(part.x + index % part.width, part.y + index / part.width)
        }
        let distances = PixelMask.distances(
            to: contents.map { $0 == .blank },
            width: part.width
        )
        let values = contents.indices.map { index -> Float in
            guard contents[index] == .painted else { return contents[index] == .blank ? 1 : 0 }
            let (x, y) = (index % part.width, index / part.width)
            // Beyond the window's edge nothing changes, so that neither may what lies along it.
            let nearness = min(
                1 - distances[index] / reach,
                edgeDistance(x, y, of: part) / reach
            )
            return Float(min(max(nearness, 0), 1))
        }
        return ChangeMap(width: part.width, height: part.height, values: values)
    }

    private func content(_ x: Int, _ y: Int) -> Content { contents[y * latents.width + x] }

    /// The distance to those of a window's edges that do not lie on the canvas's.
    private func edgeDistance(_ x: Int, _ y: Int, of part: PixelRectangle) -> Double {
        var distance = Int.max
        if part.x > 0 { distance = min(distance, x) }
        if part.y > 0 { distance = min(distance, y) }
        if part.x + part.width < latents.width { distance = min(distance, part.width - 1 - x) }
        if part.y + part.height < latents.height { distance = min(distance, part.height - 1 - y) }
        return Double(distance)
    }

    /// A window's latents, what is known continued smoothly into what is blank.
    func infilled(in window: PixelRectangle) -> LatentGrid {
        let part = positions(of: window)
        let known = latents.cropped(to: part)
        let size = part.width * part.height
        let isBlank = (0..<size).map { index in
            content(part.x + index % part.width, part.y + index / part.width) == .blank
        }
        let values = (0..<known.channelCount).flatMap { channel in
            var field = MembraneField(
                values: Array(known.values[channel * size..<(channel + 1) * size]),
                isFree: isBlank,
                width: part.width,
                height: part.height
            )
            field.solve()
            return field.values
        }
        return LatentGrid(
            channelCount: known.channelCount,
            width: part.width,
            height: part.height,
            values: values
        )
    }

    /// Takes over the latents of the source's positions in a window; those at its edges that it fills
    /// but in part stay blank.
    mutating func takeSource(_ encoded: LatentGrid, in window: PixelRectangle) {
        let (part, factor, source) = (positions(of: window), layout.factor, layout.source)
        let columns = source.x / factor..<(source.x + source.width) / factor
        let rows = source.y / factor..<(source.y + source.height) / factor
        let isTaken = (0..<part.width * part.height).map { index in
            let (x, y) = (part.x + index % part.width, part.y + index / part.width)
            guard columns.contains(x), rows.contains(y), content(x, y) == .blank else {
                return false
            }
            contents[y * latents.width + x] = .source
            return true
        }
        latents.paste(encoded, x: part.x, y: part.y, where: isTaken)
    }

    /// Takes over what a window has become.
    mutating func take(_ painted: LatentGrid, in window: PixelRectangle, where change: ChangeMap) {
        let part = positions(of: window)
        latents.paste(painted, x: part.x, y: part.y, where: change.values.map { $0 > 0 })
        for y in part.y..<part.y + part.height {
            for x in part.x..<part.x + part.width where content(x, y) == .blank {
                contents[y * latents.width + x] = .painted
            }
        }
        paintedCount += 1
    }
}
