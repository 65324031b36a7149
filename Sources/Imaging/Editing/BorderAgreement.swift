/// How well a repainted region agrees with what surrounds it.
public struct BorderAgreement: Sendable, Hashable {
    /// The mean step of grey across the mask's border, on a scale where white is 1.
    public let step: Double
    /// The difference of the mean steps between neighbours inside, and within 8 pixels outside.
    public let texture: Double

    /// The lower, the better: the sum of both.
    public var score: Double { step + texture }

    private static let reach = 8.0

    /// Measures a picture; nil where the mask has no border, or no neighbours on one of its sides.
    ///
    /// - Parameters:
    ///   - image: after the edit, of any layout; its grey values count.
    ///   - mask: of the same size.
    public init?(of image: PixelImage, around mask: PixelMask) {
        guard image.width == mask.width, image.height == mask.height else { return nil }
        let grey = image.convertedToGrey()
        let values: [Double] =
            switch grey.samples {
            case .uint8(let samples): samples.map { Double($0) / 255 }
            case .uint16(let samples): samples.map { Double($0) / 65_535 }
            }
        let isNear = mask.dilated(by: Self.reach)
        var (across, inside, outside) = (Mean(), Mean(), Mean())
        func visit(_ first: Int, _ second: Int) {
            let step = (values[first] - values[second]).magnitude
            switch (mask.isRepainted[first], mask.isRepainted[second]) {
            case (true, true): inside.add(step)
            case (false, false):
                if isNear.isRepainted[first], isNear.isRepainted[second] { outside.add(step) }
            default: across.add(step)
            }
        }
        for y in 0..<image.height {
            for x in 0..<image.width {
                let index = y * image.width + x
                if x > 0 { visit(index - 1, index) }
                if y > 0 { visit(index - image.width, index) }
            }
        }
        guard let step = across.value, let inner = inside.value, let outer = outside.value else {
            return nil
        }
        self.step = step
        texture = (inner - outer).magnitude
    }

    private struct Mean {
        private var sum = 0.0
        private var count = 0

        var value: Double? { count > 0 ? sum / Double(count) : nil }

        mutating func add(_ value: Double) {
            sum += value
            count += 1
        }
    }
}
