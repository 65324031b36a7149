/// The fine detail of what a mask keeps, mirrored at its border.
///
/// A model's picture is softer than most sources; where the grain of a source ends along a straight line,
/// the line is seen although the tones agree.
struct MirroredDetail {
    private let mask: PixelMask
    /// What is kept lies in here.
    private let kept: PixelRectangle?
    private let value: (_ pixel: Int) -> Float

    /// Takes the values of the pixels that a mask keeps; `value` is asked for no others.
    init(mask: PixelMask, value: @escaping (_ pixel: Int) -> Float) {
        self.mask = mask
        self.value = value
        kept = mask.inverted.boundingBox
    }

    /// How far the mirror image of a masked pixel differs from its surroundings; 0 where there is none.
    subscript(pixel: Int) -> Float {
        let (x, y) = (pixel % mask.width, pixel / mask.width)
        guard let kept, let column = Self.mirrored(x, at: kept.x..<kept.x + kept.width),
            let row = Self.mirrored(y, at: kept.y..<kept.y + kept.height), !mask[column, row]
        else { return 0 }
        var (sum, count) = (Float(0), Float(0))
        for nearY in max(row - Self.reach, 0)...min(row + Self.reach, mask.height - 1) {
            for nearX in max(column - Self.reach, 0)...min(column + Self.reach, mask.width - 1)
            where !mask[nearX, nearY] {
                sum += value(nearY * mask.width + nearX)
                count += 1
            }
        }
        return value(row * mask.width + column) - sum / count
    }

    /// Pixels on each side that are a pixel's surroundings.
    private static let reach = 3

    /// The position as far within a range as this one is beyond its first or last; nil beyond the other.
    private static func mirrored(_ position: Int, at range: Range<Int>) -> Int? {
        let inner = min(max(position, range.lowerBound), range.upperBound - 1)
        let result = 2 * inner - position
        return range.contains(result) ? result : nil
    }
}
