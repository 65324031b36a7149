import Imaging
import Testing

struct ResamplingTests {
    struct Golden: Decodable {
        struct Case: Decodable {
            var source: String
            var filter: String
            var image: Goldens.Image
        }
        var sources: [String: Goldens.Image]
        var cases: [Case]
    }

    @Test(arguments: ResamplingFilter.allCases)
    func `every layout resamples as in Pillow`(filter: ResamplingFilter) throws {
        let golden: Golden = try Goldens.json("resizing.json")
        let cases = golden.cases.filter { $0.filter == "\(filter)" }
        #expect(cases.count == 12)
        for expected in cases {
            let source = try #require(golden.sources[expected.source]).pixels()
            let image = try source.resized(
                width: expected.image.width,
                height: expected.image.height,
                filter: filter
            )
            let difference = try #require(
                image.largestDifference(from: expected.image.pixels())
            )
            // 8-bit arithmetic is the same; Pillow's 16-bit one is in floating point.
            #expect(difference <= (image.bitDepth == 8 ? 0 : 1), "\(expected.source)")
        }
    }

    @Test(arguments: ResamplingFilter.allCases, [(1, 1), (1, 300), (300, 1)])
    func `a flat image stays flat at any size`(
        filter: ResamplingFilter,
        size: (width: Int, height: Int)
    ) throws {
        let flat = try PixelImage(
            width: 20,
            height: 30,
            channelCount: 4,
            bitDepth: 16,
            filledWith: 51_234
        )
        let resized = try flat.resized(width: size.width, height: size.height, filter: filter)
        let alphas = try resized.channel(3).values
        #expect(alphas.allSatisfy { $0 == 51_234 })
        #expect(try resized.channel(0).values.allSatisfy { abs($0 - 51_234) <= 1 })
    }

    @Test func `an impossible size is refused`() throws {
        let image = try PixelImage(width: 2, height: 2, grey: [1, 2, 3, 4])
        #expect(throws: ImagingError.invalidSize(width: 0, height: 5)) {
            try image.resized(width: 0, height: 5)
        }
        #expect(throws: ImagingError.invalidSize(width: .max, height: .max)) {
            try image.resized(width: .max, height: .max)
        }
    }
}
