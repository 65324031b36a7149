import Imaging
import Testing

struct PixelImageTests {
    @Test func `samples that do not fill the image are refused`() {
        #expect(throws: ImagingError.sampleCount(found: 5, expected: 6)) {
            try PixelImage(width: 3, height: 2, grey: [0, 1, 2, 3, 4])
        }
    }

    @Test(arguments: [(0, 4), (4, 0), (-1, -1), (Int.max, 2), (1 << 16, 1 << 16)])
    func `impossible sizes are refused`(width: Int, height: Int) {
        #expect(throws: ImagingError.invalidSize(width: width, height: height)) {
            try PixelImage(width: width, height: height, channelCount: 1, bitDepth: 8)
        }
    }

    @Test(arguments: [0, 5, -1]) func `impossible channel counts are refused`(count: Int) {
        #expect(throws: ImagingError.invalidChannelCount(count)) {
            try PixelImage(width: 1, height: 1, channelCount: count, samples: .uint8([]))
        }
    }

    @Test func `luma equals Pillow's`() throws {
        struct Case: Decodable {
            var image: Goldens.Image
            var grey: Goldens.Image
        }
        let golden: Case = try Goldens.json("luma.json")
        let grey = try golden.grey.pixels()
        let image = try golden.image.pixels()
        #expect(image.convertedToGrey() == grey)
        // 257 times the colours is 257 times the luma, up to rounding.
        let difference = image.convertedTo16Bit().convertedToGrey().convertedTo8Bit()
            .largestDifference(from: grey)
        #expect(difference == 0)
    }

    @Test func `every 8-bit value survives 16 bits`() throws {
        let all = try PixelImage(width: 256, height: 1, grey: Array(0...255))
        #expect(all.convertedTo16Bit().values == (0...255).map { $0 * 257 })
        #expect(all.convertedTo16Bit().convertedTo8Bit() == all)
    }

    @Test func `16-bit values round to the nearest 8-bit one`() throws {
        let wide = try PixelImage(
            width: 5,
            height: 1,
            channelCount: 1,
            samples: .uint16([0, 128, 129, 65406, 65407])
        )
        #expect(wide.convertedTo8Bit().values == [0, 0, 1, 254, 255])
    }

    @Test func `channels are repeated, dropped and picked`() throws {
        let greyAlpha = try PixelImage(
            width: 2,
            height: 1,
            channelCount: 2,
            samples: .uint8([10, 20, 30, 40])
        )
        #expect(greyAlpha.convertedToRGB().values == [10, 10, 10, 30, 30, 30])
        #expect(greyAlpha.convertedToGrey().values == [10, 30])
        #expect(greyAlpha.withoutAlpha().values == [10, 30])
        #expect(try greyAlpha.channel(1).values == [20, 40])
        #expect(throws: ImagingError.invalidChannelCount(3)) { try greyAlpha.channel(2) }
    }

    @Test func `a crop takes exactly the rectangle`() throws {
        let image = try PixelImage(width: 4, height: 3, grey: Array(0..<12))
        let crop = try image.cropped(to: PixelRectangle(x: 1, y: 1, width: 2, height: 2))
        #expect(crop.values == [5, 6, 9, 10])
    }

    @Test(
        arguments: [
            PixelRectangle(x: 3, y: 0, width: 2, height: 1),
            PixelRectangle(x: -1, y: 0, width: 2, height: 1),
            PixelRectangle(x: 0, y: 0, width: 0, height: 1),
            PixelRectangle(x: .max, y: .max, width: .max, height: .max),
            PixelRectangle(x: .min, y: 0, width: 1, height: 1),
        ])
    func `a rectangle that leaves the image is refused`(rectangle: PixelRectangle) throws {
        let image = try PixelImage(width: 4, height: 3, grey: Array(0..<12))
        #expect(throws: ImagingError.outOfBounds(rectangle, width: 4, height: 3)) {
            try image.cropped(to: rectangle)
        }
    }

    @Test func `padding surrounds the image`() throws {
        let image = try PixelImage(width: 1, height: 1, channelCount: 2, samples: .uint16([7, 8]))
        let padded = try image.padded(left: 1, bottom: 1, with: 300)
        #expect(padded.width == 2 && padded.height == 2)
        #expect(padded.values == [300, 300, 7, 8, 300, 300, 300, 300])
        #expect(throws: ImagingError.invalidPadding(left: -1, top: 0, right: 0, bottom: 0)) {
            try image.padded(left: -1)
        }
        #expect(throws: ImagingError.invalidPadding(left: .max, top: 0, right: .max, bottom: 0)) {
            try image.padded(left: .max, right: .max)
        }
    }

    @Test func `a paste replaces only what it covers`() throws {
        var image = try PixelImage(width: 3, height: 2, grey: Array(0..<6))
        let untouched = image
        try image.paste(try PixelImage(width: 2, height: 1, grey: [90, 91]), x: 1, y: 1)
        #expect(image.values == [0, 1, 2, 3, 90, 91])
        #expect(untouched.values == [0, 1, 2, 3, 4, 5])
    }

    @Test func `a paste of another kind of pixels is refused`() throws {
        var image = try PixelImage(width: 3, height: 2, grey: Array(0..<6))
        let wide = image.convertedTo16Bit()
        let error = #expect(throws: ImagingError.mismatch(image.layout, wide.layout)) {
            try image.paste(wide, x: 0, y: 0)
        }
        #expect(
            error?.description
                == "two images do not fit: 3x2 pixels of 8-bit grey and 3x2 pixels of 16-bit grey"
        )
    }
}
