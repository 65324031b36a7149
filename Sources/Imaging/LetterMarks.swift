/// Regions of an image that may be letters: small, bright, and made of thin strokes.
struct LetterMarks {
    /// The smallest rectangles around them, in the order of their uppermost rows.
    private(set) var found: [PixelRectangle] = []

    private let width: Int
    private let height: Int
    private let samples: [UInt8]

    /// The share of width and height on each side that is searched.
    private static let borderShare = 0.3
    /// How much brighter a stroke is than what lies on both sides of it.
    private static let contrast = 48
    /// Wider strokes are no letters'.
    private static let widestStroke = 6

    /// Searches an 8-bit grey image.
    init(_ image: PixelImage) {
        width = image.width
        height = image.height
        samples = image.byteSamples
        let tallest = max(12, height / 12)
        // Text is drawn at or near the brightest level there is.
        let bright = Int(samples.max() ?? 0) * 4 / 5
        let background = opened()
        var isSeen = samples.indices.map { Int(samples[$0]) - Int(background[$0]) < Self.contrast }
        for start in samples.indices where !isSeen[start] {
            let region = fill(from: start, &isSeen)
            let box = region.box
            let isLetter =
                (5...tallest).contains(box.height) && box.width <= 3 * box.height
                && region.count * 8 >= box.width * box.height && region.peak >= bright
            if isLetter, isNearBorder(box) { found.append(box) }
        }
    }

    /// The image without strokes: a morphological opening, the largest of the smallest samples
    /// around each pixel.
    private func opened() -> [UInt8] {
        let reach = Self.widestStroke / 2
        var result = samples
        for take in [min, max] as [(UInt8, UInt8) -> UInt8] {
            result = swept(result, reach: reach, take)
        }
        return result
    }

    /// Takes the extreme of each pixel's square, rows first.
    private func swept(
        _ values: [UInt8],
        reach: Int,
        _ take: (UInt8, UInt8) -> UInt8
    ) -> [UInt8] {
        var rows = values
        for y in 0..<height {
            let start = y * width
            for x in 0..<width {
                var extreme = values[start + x]
                for near in max(x - reach, 0)...min(x + reach, width - 1) {
                    extreme = take(extreme, values[start + near])
                }
                rows[start + x] = extreme
            }
        }
        var result = rows
        for y in 0..<height {
            for near in max(y - reach, 0)...min(y + reach, height - 1) {
                for x in 0..<width {
                    result[y * width + x] = take(result[y * width + x], rows[near * width + x])
                }
            }
        }
        return result
    }

    /// Visits all pixels that hang together with `start`, diagonals included.
    private func fill(
        from start: Int,
        _ isSeen: inout [Bool]
    ) -> (box: PixelRectangle, count: Int, peak: Int) {
        var (left, right, top, bottom) = (width, -1, height, -1)
        var (count, peak) = (0, 0)
        var open = [start]
        isSeen[start] = true
        while let index = open.popLast() {
            let (x, y) = (index % width, index / width)
            count += 1
            peak = max(peak, Int(samples[index]))
            (left, right) = (min(left, x), max(right, x))
            (top, bottom) = (min(top, y), max(bottom, y))
            for nextY in max(y - 1, 0)...min(y + 1, height - 1) {
                for nextX in max(x - 1, 0)...min(x + 1, width - 1) {
                    let next = nextY * width + nextX
                    guard !isSeen[next] else { continue }
                    isSeen[next] = true
                    open.append(next)
                }
            }
        }
        let box = PixelRectangle(
            x: left,
            y: top,
            width: right - left + 1,
            height: bottom - top + 1
        )
        return (box, count, peak)
    }

    private func isNearBorder(_ box: PixelRectangle) -> Bool {
        let x = (Double(box.x) + Double(box.width) / 2) / Double(width)
        let y = (Double(box.y) + Double(box.height) / 2) / Double(height)
        return min(x, 1 - x, y, 1 - y) < Self.borderShare
    }
}
