/// How visible the borders are along which a picture was put together.
///
/// The mean step of grey across the borders, relative to the mean step in the same direction on the
/// lines 3 to 12 pixels to both sides: 1 where a border is like its surroundings, above where it shows.
public struct SeamScore: Sendable, Hashable {
    /// The mean over all borders.
    public let mean: Double
    /// The score of the border that shows most.
    public let worst: Double

    /// A straight border: `length` pixels from `x`, `y` on, which lies right of it or below it.
    public struct Border: Sendable, Hashable {
        /// Whether the border runs from top to bottom, between columns `x - 1` and `x`.
        public var isVertical: Bool
        /// The first column behind the border, or along it.
        public var x: Int
        /// The first row behind the border, or along it.
        public var y: Int
        /// Pixels along the border.
        public var length: Int

        /// Makes a border.
        public init(isVertical: Bool, x: Int, y: Int, length: Int) {
            self.isVertical = isVertical
            self.x = x
            self.y = y
            self.length = length
        }
    }

    /// Measures the borders of a picture; nil where no border can be measured.
    ///
    /// - Parameters:
    ///   - image: of any layout; its grey values count.
    ///   - borders: those that leave the picture, or have no line beside them, are left out.
    public init?(of image: PixelImage, borders: [Border]) {
        let steps = Steps(image)
        let found = borders.compactMap { steps.measure($0) }
        guard !found.isEmpty else { return nil }
        let across = found.reduce(0) { $0 + $1.across }
        let beside = found.reduce(0) { $0 + $1.beside }
        mean = Self.ratio(across, beside)
        worst = found.map { Self.ratio($0.across, $0.beside) }.max() ?? mean
    }

    /// Two flat surroundings that meet without a step have no seam.
    private static func ratio(_ across: Double, _ beside: Double) -> Double {
        across == 0 && beside == 0 ? 1 : across / beside
    }

    private static let distances = 3...12

    /// Steps of grey between neighbouring pixels.
    private struct Steps {
        let values: [Double]
        let width: Int
        let height: Int

        init(_ image: PixelImage) {
            (width, height) = (image.width, image.height)
            values =
                switch image.convertedToGrey().samples {
                case .uint8(let samples): samples.map(Double.init)
                case .uint16(let samples): samples.map(Double.init)
                }
        }

        /// The sum of steps across a border, and its mean over the lines beside.
        func measure(_ border: Border) -> (across: Double, beside: Double)? {
            guard let across = sum(border, shift: 0) else { return nil }
            let beside = SeamScore.distances.flatMap { [-$0, $0] }
                .compactMap { sum(border, shift: $0) }
            guard !beside.isEmpty else { return nil }
            return (across, beside.reduce(0, +) / Double(beside.count))
        }

        private func sum(_ border: Border, shift: Int) -> Double? {
            let x = border.x + (border.isVertical ? shift : 0)
            let y = border.y + (border.isVertical ? 0 : shift)
            let (endX, endY) =
                border.isVertical ? (x + 1, y + border.length) : (x + border.length, y + 1)
            let (firstX, firstY) = border.isVertical ? (1, 0) : (0, 1)
            guard x >= firstX, y >= firstY, endX <= width, endY <= height else { return nil }
            let back = border.isVertical ? 1 : width
            return (0..<border.length).reduce(0) { sum, step in
                let index = y * width + x + step * (border.isVertical ? width : 1)
                return sum + (values[index] - values[index - back]).magnitude
            }
        }
    }
}
