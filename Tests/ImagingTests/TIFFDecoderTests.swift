import Foundation
import Imaging
import Testing

/// The files are those of `Scripts/make-tiff-goldens.py`, the samples its formulas.
struct TIFFDecoderTests {
    private static let (width, height) = (37, 23)

    /// The picture of the script.
    private func expected(bitDepth: Int, channelCount: Int) throws -> PixelImage {
        func samples<Sample: FixedWidthInteger>(
            _ factors: (Int, Int, Int)
        ) -> [Sample] {
            var samples: [Sample] = []
            for y in 0..<Self.height {
                for x in 0..<Self.width {
                    for channel in 0..<channelCount {
                        let value = factors.0 * x + factors.1 * y + factors.2 * channel
                        samples.append(Sample(truncatingIfNeeded: value))
                    }
                }
            }
            return samples
        }
        return try PixelImage(
            width: Self.width,
            height: Self.height,
            channelCount: channelCount,
            samples: bitDepth == 8
                ? .uint8(samples((7, 13, 50))) : .uint16(samples((1000, 377, 5000)))
        )
    }

    @Test(arguments: [
        ("grey8-lzw", 8, 1), ("grey16-deflate", 16, 1), ("rgb8-packbits", 8, 3),
        ("grey16-big-endian", 16, 1), ("grey16-white-is-zero", 16, 1), ("rgb16-tiled", 16, 3),
        ("rgb8-planar", 8, 3),
    ])
    func `samples are those that were written`(
        name: String,
        bitDepth: Int,
        channelCount: Int
    ) throws {
        let image = try PixelImage.read(path: Goldens.path("tiff/\(name).tif"))
        #expect(image == (try expected(bitDepth: bitDepth, channelCount: channelCount)))
    }

    /// Orientation 6: the first row is the right side, the first column the top.
    @Test func `the orientation is applied`() throws {
        let image = try PixelImage.read(path: Goldens.path("tiff/grey8-turned.tif"))
        let upright = try expected(bitDepth: 8, channelCount: 1)
        #expect((image.width, image.height) == (Self.height, Self.width))
        for (x, y) in [(0, 0), (22, 0), (0, 36), (5, 9)] {
            let source = (Self.height - 1 - x) * Self.width + y
            #expect(image.byteSamples[y * Self.height + x] == upright.byteSamples[source])
        }
    }

    @Test(arguments: [
        ("bilevel", "8 or 16 bits"), ("grey-float", "floating-point"),
        ("two-pages", "several pages"),
    ])
    func `what is not read is named`(name: String, words: String) throws {
        let error = #expect(throws: ImagingError.self) {
            try PixelImage.read(path: Goldens.path("tiff/\(name).tif"))
        }
        #expect("\(error as Any)".contains(words))
    }

    @Test(arguments: ["grey8-lzw", "grey16-big-endian", "rgb16-tiled", "rgb8-planar"])
    func `a file that is cut short is an error`(name: String) throws {
        let bytes = try Goldens.bytes("tiff/\(name).tif")
        for share in 0..<16 {
            let cut = Array(bytes.prefix(bytes.count * share / 16))
            #expect(throws: ImagingError.self) { try PixelImage.decode(cut) }
        }
    }

    @Test(arguments: ["grey8-lzw", "grey16-deflate", "rgb8-packbits", "rgb16-tiled", "rgb8-planar"])
    func `no altered file crashes`(name: String) throws {
        let bytes = try Goldens.bytes("tiff/\(name).tif")
        let limits = DecodingLimits(maximumSide: 2048, maximumByteCount: 32 << 20)
        for index in bytes.indices where index < 100 || index > bytes.count - 200 {
            for value: UInt8 in [0, 0xFF] {
                var copy = bytes
                copy[index] = value
                // Whether it still is a picture does not matter, only that this comes back.
                _ = try? PixelImage.decode(copy, limits: limits)
            }
        }
    }
}
