import Imaging
import Testing
import Workflows

struct PresentationFormatTests {
    /// A picture of 96 x 64 with a bright disc off its centre.
    private func disc(_ value: (Int) -> Int = { $0 }) -> [Int] {
        (0..<96 * 64).map { index in
            let (x, y) = (index % 96 - 52, index / 96 - 30)
            return value(x * x + y * y < 400 ? 200 - (x * x + y * y) / 4 : 20 + index % 7)
        }
    }

    @Test func `the window's ends are numpy's percentiles, and levels are rounded`() throws {
        // numpy: np.percentile(s, [0.5, 99.5], method="inverted_cdf") of s = 10 * arange(1600) gives
        // 70 and 15910; np.rint((np.clip(s, 70, 15910) - 70) * 255 / 15840) at the places below.
        let samples = (0..<1600).map { UInt16(10 * $0) }
        let image = try PixelImage(
            width: 40,
            height: 40,
            channelCount: 1,
            samples: .uint16(samples)
        )
        let shown = try PresentationFormat(side: 40).matched(image).byteSamples
        #expect(
            [0, 7, 8, 100, 800, 1500, 1590, 1591, 1599].map { shown[$0] } == [
                0, 0, 0, 15, 128, 240, 255, 255, 255,
            ]
        )
    }

    @Test func `one picture becomes the same pixels whatever its depth, colour and grey window`()
        throws
    {
        let format = PresentationFormat(side: 32)
        let grey = disc()
        let bytes = try PixelImage(width: 96, height: 64, grey: grey.map { UInt8($0) })
        let words = try PixelImage(
            width: 96,
            height: 64,
            channelCount: 1,
            samples: .uint16(grey.map { UInt16($0 * 257) })
        )
        let colour = try PixelImage(
            width: 96,
            height: 64,
            channelCount: 3,
            samples: .uint8(
                grey.flatMap { [UInt8]($0 == 0 ? [] : [UInt8($0), UInt8($0), UInt8($0)]) }
            )
        )
        let dim = try PixelImage(
            width: 96,
            height: 64,
            channelCount: 1,
            samples: .uint16(grey.map { UInt16(1000 + $0 * 100) })
        )
        let expected = try format.matched(bytes)
        #expect(expected.layout == .init(width: 32, height: 32, channelCount: 1, bitDepth: 8))
        #expect(try format.matched(words) == expected)
        #expect(try format.matched(colour) == expected)
        let off = zip(try format.matched(dim).byteSamples, expected.byteSamples).map {
            abs(Int($0) - Int($1))
        }
        #expect(off.max() ?? 9 <= 1)
    }

    @Test func `the central square is shown`() throws {
        // Only the outer 16 columns on either side differ from those within.
        let image = try PixelImage(
            width: 64,
            height: 32,
            grey: (0..<64 * 32).map { index in
                let x = index % 64
                return x < 16 || x >= 48 ? 255 : UInt8(4 * (x - 16))
            }
        )
        let shown = try PresentationFormat(side: 32).matched(image)
        #expect(shown.byteSamples.prefix(32).first == 0)
        #expect(
            zip(shown.byteSamples.prefix(32), shown.byteSamples.prefix(32).dropFirst()).allSatisfy {
                $0 <= $1
            }
        )
    }

    @Test func `no image is enlarged unless it is tiny`() {
        #expect(PresentationFormat.fitting([(512, 300), (1024, 2000)]).side == 300)
        #expect(PresentationFormat.fitting([(3000, 2500)]).side == 1024)
        #expect(PresentationFormat.fitting([(8, 900)]).side == 32)
    }
}
