import Foundation
import Imaging
import Testing

struct SeamTests {
    /// A picture from its grey values.
    private func picture(_ width: Int, _ height: Int, _ value: (Int, Int) -> Double) throws
        -> PixelImage
    {
        let samples = (0..<width * height).map { index in
            UInt16(min(max(value(index % width, index / width).rounded(), 0), 65_535))
        }
        return try PixelImage(
            width: width,
            height: height,
            channelCount: 1,
            samples: .uint16(samples)
        )
    }

    @Test func `a constant difference in tone is taken out wholly`() throws {
        let source = try picture(48, 40) { x, y in 20_000 + 300 * Double(x) + 100 * Double(y) }
        let painted = try picture(48, 40) { x, y in 17_000 + 300 * Double(x) + 100 * Double(y) }
        var mask = try PixelMask(width: 48, height: 40)
        try mask.add(PixelRectangle(x: 10, y: 12, width: 25, height: 20))
        let blended = try SeamlessBlend.blend(painted, into: source, where: mask)
        let difference = try #require(blended.largestDifference(from: source))
        #expect(difference <= 1)
    }

    /// A linear function is harmonic, so that it is what the difference is continued by.
    @Test func `a linear difference in tone is taken out within half of a level of 8 bits`() throws
    {
        let source = try picture(64, 64) { _, _ in 30_000 }
        let painted = try picture(64, 64) { x, y in 30_000 + 150 * Double(x) - 90 * Double(y) }
        var mask = try PixelMask(width: 64, height: 64)
        try mask.add(PixelRectangle(x: 8, y: 8, width: 48, height: 48))
        let blended = try SeamlessBlend.blend(painted, into: source, where: mask)
        let difference = try #require(blended.largestDifference(from: source))
        #expect(difference <= 128)
    }

    @Test func `detail inside of the mask stays`() throws {
        let source = try picture(32, 32) { _, _ in 30_000 }
        let painted = try picture(32, 32) { x, y in x == 16 && y == 16 ? 60_000 : 28_000 }
        var mask = try PixelMask(width: 32, height: 32)
        try mask.add(PixelRectangle(x: 8, y: 8, width: 16, height: 16))
        let blended = try SeamlessBlend.blend(painted, into: source, where: mask)
        #expect(blended.values[16 * 32 + 16] > 61_000)
    }

    @Test func `a painting takes over from its surroundings over the pixels asked for`() throws {
        let source = try picture(64, 16) { x, _ in x < 20 ? 10_000 : 0 }
        let painted = try picture(64, 16) { x, _ in x < 20 ? 10_000 : 40_000 }
        var mask = try PixelMask(width: 64, height: 16)
        try mask.add(PixelRectangle(x: 20, y: 0, width: 44, height: 16))
        let hard = try SeamlessBlend.blend(painted, into: source, where: mask).values
        let eased = try SeamlessBlend.blend(painted, into: source, where: mask, easing: 16).values
        #expect(hard[8 * 64 + 20] == 40_000)
        // (1 + cos(π d / 16)) / 2 of 10000, the rest of 40000, at the distances 1, 8 and 16.
        #expect(abs(eased[8 * 64 + 20] - 10_288) <= 1)
        #expect(abs(eased[8 * 64 + 27] - 25_000) <= 1)
        #expect(eased[8 * 64 + 35] == 40_000)
        #expect(eased[8 * 64 + 19] == 10_000)
    }

    @Test func `the grain of a source fades out beyond its border`() throws {
        var random = SplitMix(state: 7)
        let noise = (0..<64 * 256).map { _ in Double.random(in: -3000...3000, using: &random) }
        let source = try picture(64, 256) { x, y in x < 32 ? 30_000 + noise[y * 64 + x] : 0 }
        let painted = try picture(64, 256) { _, _ in 30_000 }
        var mask = try PixelMask(width: 64, height: 256)
        try mask.add(PixelRectangle(x: 32, y: 0, width: 32, height: 256))
        func deviation(_ image: PixelImage, _ column: Int) -> Double {
            let values = (8..<248).map { Double(image.values[$0 * 64 + column]) - 30_000 }
            return (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
        }
        let border = SeamScore.Border(isVertical: true, x: 32, y: 0, length: 256)
        let pasted = try picture(64, 256) { x, y in 30_000 + (x < 32 ? noise[y * 64 + x] : 0) }
        // Noise beside none: E|n| over half of E|n - n'|, which are 1/2 and 2/3 of the amplitude.
        #expect(abs(try #require(SeamScore(of: pasted, borders: [border])).mean - 1.5) < 0.2)
        let eased = try SeamlessBlend.blend(painted, into: source, where: mask, easing: 16)
        #expect(try #require(SeamScore(of: eased, borders: [border])).mean < 1.2)
        // A deviation of 3000 / √3 = 1732 in the source, a half of it halfway, none at the end.
        #expect(abs(deviation(eased, 39) - 866) < 120)
        #expect(deviation(eased, 47) < 60)
    }

    @Test func `an even picture has no seam, a step along the border has one`() throws {
        var random = SplitMix(state: 5)
        let noise = (0..<64 * 64).map { _ in Double.random(in: 0...1000, using: &random) }
        let border = SeamScore.Border(isVertical: true, x: 32, y: 0, length: 64)
        let even = try picture(64, 64) { x, y in 20_000 + noise[y * 64 + x] }
        let seamless = try #require(SeamScore(of: even, borders: [border]))
        #expect(abs(seamless.mean - 1) < 0.25)
        let stepped = try picture(64, 64) { x, y in 20_000 + noise[y * 64 + x] + (x < 32 ? 0 : 5000)
        }
        let visible = try #require(SeamScore(of: stepped, borders: [border]))
        // Steps of two uniform numbers are 1000 / 3 in the mean; across the border, 5000.
        #expect(abs(visible.mean - 15) < 2)
        #expect(visible.worst == visible.mean)
    }

    @Test func `a score is worked out by hand`() throws {
        // Columns step by 2 everywhere and by 5 between columns 15 and 16.
        let image = try picture(32, 4) { x, _ in Double(2 * x + (x < 16 ? 0 : 3)) }
        let border = SeamScore.Border(isVertical: true, x: 16, y: 0, length: 4)
        let outside = SeamScore.Border(isVertical: false, x: 0, y: 4, length: 32)
        let score = try #require(SeamScore(of: image, borders: [border, outside]))
        #expect(score.mean == 2.5)
        #expect(SeamScore(of: image, borders: [outside]) == nil)
        let flat = try picture(32, 4) { _, _ in 7 }
        #expect(SeamScore(of: flat, borders: [border])?.mean == 1)
    }

    @Test func `a region that continues its surroundings agrees better than one that does not`()
        throws
    {
        var random = SplitMix(state: 6)
        let noise = (0..<48 * 48).map { _ in Double.random(in: 0...2000, using: &random) }
        var mask = try PixelMask(width: 48, height: 48)
        try mask.add(PixelRectangle(x: 16, y: 16, width: 16, height: 16))
        func score(_ inside: (Int) -> Double) throws -> Double {
            let image = try picture(48, 48) { x, y in
                let index = y * 48 + x
                return 30_000 + (mask.isRepainted[index] ? inside(index) : noise[index])
            }
            return try #require(BorderAgreement(of: image, around: mask)).score
        }
        let continued = try score { noise[$0] }
        #expect(try continued < score { _ in 1000 })
        #expect(try continued < score { noise[$0] + 8000 })
        #expect(try continued < score { 4 * noise[$0] - 3000 })
    }
}
