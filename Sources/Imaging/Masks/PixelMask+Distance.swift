extension PixelMask {
    /// The mask grown by a disc.
    ///
    /// - Parameter radius: pixels, 0 or more; a pixel joins when it is no farther than this from one
    ///   of the mask's.
    /// - Returns: the larger mask, of the same size.
    public func dilated(by radius: Double) -> PixelMask {
        let limit = radius * radius
        let flags = Self.squaredDistances(to: isRepainted, width: width).map { $0 <= limit }
        return PixelMask(trusted: flags, width: width, height: height)
    }

    /// The mask with every block of a grid that it touches.
    ///
    /// - Parameter side: pixels of a block; blocks start in the upper left corner.
    /// - Returns: the larger mask, of the same size.
    public func coveringBlocks(of side: Int) -> PixelMask {
        let blockColumns = (width + side - 1) / side
        var touched = [Bool](repeating: false, count: blockColumns * ((height + side - 1) / side))
        for y in 0..<height {
            for x in 0..<width where self[x, y] {
                touched[y / side * blockColumns + x / side] = true
            }
        }
        var result = self
        for y in 0..<height {
            for x in 0..<width { result[x, y] = touched[y / side * blockColumns + x / side] }
        }
        return result
    }

    /// The distance of each position of a grid to the nearest flagged one; infinite without one.
    ///
    /// - Parameters:
    ///   - isFlagged: row by row.
    ///   - width: columns of the grid, at least 1.
    /// - Returns: row by row, in pixels.
    public static func distances(to isFlagged: [Bool], width: Int) -> [Double] {
        squaredDistances(to: isFlagged, width: width).map { $0.squareRoot() }
    }

    /// Exact, by lower envelopes of parabolas (Felzenszwalb and Huttenlocher 2012), columns first.
    private static func squaredDistances(to isFlagged: [Bool], width: Int) -> [Double] {
        let height = isFlagged.count / width
        var distances = isFlagged.map { $0 ? 0 : Double.infinity }
        for x in 0..<width {
            let column = (0..<height).map { distances[$0 * width + x] }
            for (y, value) in envelope(column).enumerated() {
                distances[y * width + x] = value
            }
        }
        for y in 0..<height {
            let row = Array(distances[y * width..<(y + 1) * width])
            distances.replaceSubrange(y * width..<(y + 1) * width, with: envelope(row))
        }
        return distances
    }

    /// The least of (p − q)² + f(q) over all q, for each p.
    private static func envelope(_ values: [Double]) -> [Double] {
        var vertices: [Int] = []
        var starts: [Double] = []
        for position in values.indices where values[position].isFinite {
            var start = -Double.infinity
            while let last = vertices.last {
                let square = Double(position * position - last * last)
                start =
                    (values[position] - values[last] + square) / Double(2 * (position - last))
                guard start <= starts[starts.count - 1] else { break }
                vertices.removeLast()
                starts.removeLast()
                start = -.infinity
            }
            vertices.append(position)
            starts.append(start)
        }
        guard !vertices.isEmpty else { return values }
        var vertex = 0
        return values.indices.map { position in
            while vertex + 1 < starts.count, starts[vertex + 1] < Double(position) { vertex += 1 }
            let offset = Double(position - vertices[vertex])
            return offset * offset + values[vertices[vertex]]
        }
    }
}
