/// Values known outside of a mask and harmonic inside of it; nothing flows over the picture's edges.
///
/// Solved from coarse to fine: each level starts from the level of half its size and is relaxed.
package struct MembraneField {
    /// Row by row.
    package private(set) var values: [Float]
    private let isFree: [Bool]
    private let width: Int
    private let height: Int

    init(mask: PixelMask, known: (_ pixel: Int) -> Float) {
        self.init(
            values: mask.isRepainted.enumerated().map { $1 ? 0 : known($0) },
            isFree: mask.isRepainted,
            width: mask.width,
            height: mask.height
        )
    }

    /// Takes a field whose free values are still to be found.
    package init(values: [Float], isFree: [Bool], width: Int, height: Int) {
        self.values = values
        self.isFree = isFree
        self.width = width
        self.height = height
    }

    /// Finds the free values.
    package mutating func solve() {
        guard isFree.contains(true), isFree.contains(false) else { return }
        if width > 1 || height > 1 {
            var coarse = halved()
            coarse.solve()
            for y in 0..<height {
                for x in 0..<width where isFree[y * width + x] {
                    values[y * width + x] = coarse.values[y / 2 * coarse.width + x / 2]
                }
            }
        }
        for _ in 0..<Self.sweepCount { relax() }
    }

    private static let sweepCount = 40

    /// The field at half the size; a block is known where any of its values is, as their mean.
    private func halved() -> MembraneField {
        let (newWidth, newHeight) = ((width + 1) / 2, (height + 1) / 2)
        var sums = [Float](repeating: 0, count: newWidth * newHeight)
        var counts = sums
        for y in 0..<height {
            for x in 0..<width where !isFree[y * width + x] {
                sums[y / 2 * newWidth + x / 2] += values[y * width + x]
                counts[y / 2 * newWidth + x / 2] += 1
            }
        }
        return MembraneField(
            values: zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 },
            isFree: counts.map { $0 == 0 },
            width: newWidth,
            height: newHeight
        )
    }

    /// One sweep of Gauss and Seidel: every free value becomes the mean of its neighbours.
    private mutating func relax() {
        for y in 0..<height {
            for x in 0..<width where isFree[y * width + x] {
                let index = y * width + x
                var (sum, count) = (Float(0), Float(0))
                if x > 0 { (sum, count) = (sum + values[index - 1], count + 1) }
                if x + 1 < width { (sum, count) = (sum + values[index + 1], count + 1) }
                if y > 0 { (sum, count) = (sum + values[index - width], count + 1) }
                if y + 1 < height { (sum, count) = (sum + values[index + width], count + 1) }
                values[index] = sum / count
            }
        }
    }
}
