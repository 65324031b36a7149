/// A page of captioned pictures in rows and columns, for looking at many results at once.
public struct ContactSheet: Sendable {
    /// A picture and the words under it.
    public struct Cell: Sendable {
        /// The picture, of any size, depth and channels.
        public var image: PixelImage
        /// Short text, wrapped and cut after three lines.
        ///
        /// Characters beyond ASCII become "?".
        public var caption: String

        /// Makes a cell.
        public init(image: PixelImage, caption: String) {
            self.image = image
            self.caption = caption
        }
    }

    /// The pictures in reading order.
    public var cells: [Cell]
    /// Pictures side by side.
    public var columnCount: Int

    /// Makes a sheet.
    public init(cells: [Cell], columnCount: Int) {
        self.cells = cells
        self.columnCount = columnCount
    }

    /// Draws the sheet: 8-bit, grey if every picture is, dark around the pictures.
    ///
    /// Each picture keeps its size and stands in the middle of a cell as large as the largest;
    /// alpha is dropped.
    /// - Throws: `ImagingError.emptySheet`, or `.invalidSize` for a sheet of absurd size.
    public func image() throws(ImagingError) -> PixelImage {
        guard let layout = Layout(cells, columnCount: columnCount) else {
            throw .emptySheet(imageCount: cells.count, columnCount: columnCount)
        }
        let isGrey = cells.allSatisfy { $0.image.channelCount < 3 }
        var sheet = try PixelImage(
            width: layout.width,
            height: layout.height,
            channelCount: isGrey ? 1 : 3,
            bitDepth: 8,
            filledWith: Self.background
        )
        for (index, cell) in cells.enumerated() {
            let narrow = cell.image.convertedTo8Bit()
            let picture = isGrey ? narrow.convertedToGrey() : narrow.convertedToRGB()
            let (x, y) = layout.origin(of: index)
            try sheet.paste(
                picture,
                x: x + (layout.cellWidth - picture.width) / 2,
                y: y + (layout.cellHeight - picture.height) / 2
            )
            for (line, text) in layout.captions[index].enumerated() {
                let top = y + layout.cellHeight + layout.gap + line * layout.lineHeight
                sheet.draw(text, x: x, y: top, scale: layout.textScale, sample: Self.ink)
            }
        }
        return sheet
    }

    private static let background = 24
    private static let ink: UInt8 = 220
}

/// Where everything on a sheet goes, in pixels.
private struct Layout {
    let cellWidth: Int
    let cellHeight: Int
    let columnCount: Int
    let rowCount: Int
    /// Pixels of the sheet for one of the font.
    let textScale: Int
    /// The lines under each picture.
    let captions: [[String]]
    /// Lines under the picture with the longest caption.
    let lineCount: Int

    init?(_ cells: [ContactSheet.Cell], columnCount: Int) {
        guard columnCount > 0,
            let cellWidth = cells.map(\.image.width).max(),
            let cellHeight = cells.map(\.image.height).max()
        else { return nil }
        let textScale = max(1, cellWidth / 128)
        let lineLength = max(1, cellWidth / (textScale * (BitmapFont.width + 1)))
        self.cellWidth = cellWidth
        self.cellHeight = cellHeight
        self.columnCount = min(columnCount, cells.count)
        self.rowCount = (cells.count - 1) / columnCount + 1
        self.textScale = textScale
        self.captions = cells.map { wrapped($0.caption, lineLength: lineLength) }
        self.lineCount = captions.map(\.count).max() ?? 0
    }

    var gap: Int { 4 * textScale }
    var lineHeight: Int { (BitmapFont.height + 2) * textScale }
    var captionHeight: Int { lineCount == 0 ? 0 : gap + lineCount * lineHeight }
    var width: Int { gap + columnCount * (cellWidth + gap) }
    var height: Int { gap + rowCount * (cellHeight + captionHeight + gap) }

    func origin(of index: Int) -> (x: Int, y: Int) {
        let x = gap + index % columnCount * (cellWidth + gap)
        let y = gap + index / columnCount * (cellHeight + captionHeight + gap)
        return (x, y)
    }
}

/// Breaks a caption between words into at most three lines; what does not fit ends in "...".
private func wrapped(_ caption: String, lineLength: Int) -> [String] {
    var lines: [String] = []
    for word in caption.split(whereSeparator: \.isWhitespace) {
        if let last = lines.last, last.count + 1 + word.count <= lineLength {
            lines[lines.count - 1] += " " + word
        } else {
            lines.append(String(word))
        }
    }
    let isCut = lines.count > 3
    lines = lines.prefix(3).map { line in
        line.count > lineLength ? line.prefix(max(lineLength - 3, 0)) + "..." : line
    }
    if isCut, let last = lines.last, !last.hasSuffix("...") {
        lines[lines.count - 1] = last.prefix(max(lineLength - 3, 0)) + "..."
    }
    return lines
}

extension PixelImage {
    /// Draws one line of text on an 8-bit image; what sticks out on the right is cut.
    fileprivate mutating func draw(
        _ text: String,
        x: Int,
        y: Int,
        scale: Int,
        sample: UInt8
    ) {
        let (width, channelCount) = (width, channelCount)
        update { values in
            for (index, character) in text.enumerated() {
                let left = x + index * (BitmapFont.width + 1) * scale
                for (pixel, isSet) in BitmapFont.glyph(character).enumerated() where isSet {
                    let (column, row) = (pixel % BitmapFont.width, pixel / BitmapFont.width)
                    for dot in 0..<scale * scale {
                        let dotX = left + column * scale + dot % scale
                        let dotY = y + row * scale + dot / scale
                        guard dotX < width else { continue }
                        let start = (dotY * width + dotX) * channelCount
                        for channel in start..<start + channelCount { values[channel] = sample }
                    }
                }
            }
        } uint16: { _ in
        }
    }
}
