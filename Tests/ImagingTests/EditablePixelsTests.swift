import Foundation
import Imaging
import Testing

struct EditablePixelsTests {
    /// What a case of the property test edits.
    private enum Kind: CaseIterable {
        case png8, png16, rgb8, rgb16, greyAlpha8, rgbAlpha16, jpeg, signed, unsigned12, inverted
    }

    /// Random pictures, masks and repainted pixels: 600 cases.
    @Test func `what a mask keeps is bit-identical in the file that is written`() throws {
        var random = SplitMix(state: 11)
        let jpegs = try ["ycbcr420.jpg", "grey.jpg", "cmyk.jpg", "ycbcr420-progressive.jpg"]
            .map { try PixelImage.decode(Goldens.bytes($0)) }
        for round in 0..<60 {
            for kind in Kind.allCases {
                let source = try Self.source(kind, jpegs[round % jpegs.count], &random)
                let mask = try Self.mask(source, &random)
                let painted = try Self.noise(
                    source.width,
                    source.height,
                    channelCount: round.isMultiple(of: 3) ? 3 : source.shown.channelCount,
                    bitDepth: 16,
                    &random
                )
                var edited = source
                let blended =
                    painted.layout == source.shown.layout
                    ? try SeamlessBlend.blend(painted, into: source.shown, where: mask) : painted
                try edited.show(blended, in: mask)
                let stored = try Self.writtenAndRead(edited, kind)
                #expect(stored.count == source.values.count)
                let step = source.channelCount
                let isKept = stored.indices.allSatisfy { index in
                    mask.isRepainted[index / step] || stored[index] == source.values[index]
                }
                #expect(isKept, "\(kind) \(round)")
                #expect(stored.allSatisfy(source.allowed.contains), "\(kind) \(round)")
                let wasGrey = source.isGrey
                #expect(edited.isGrey || !wasGrey, "a grey picture got colours: \(kind) \(round)")
            }
        }
    }

    @Test func `16-bit values are shown from their least to their greatest`() throws {
        let image = try PixelImage(
            width: 3,
            height: 1,
            channelCount: 1,
            samples: .uint16([100, 2148, 4195])
        )
        var pixels = EditablePixels(image)
        // 65535 · 2048 / 4095 = 32775.504
        #expect(pixels.shown.samples == .uint16([0, 32_776, 65_535]))
        var mask = try PixelMask(width: 3, height: 1)
        mask[1, 0] = true
        let white = try PixelImage(width: 3, height: 1, grey: [255, 255, 255])
        try pixels.show(white, in: mask)
        #expect(pixels.values == [100, 4195, 4195])
    }

    @Test func `inverted values are shown white where they are low`() {
        let range = DisplayRange(low: -1000, high: 1000, isInverted: true)
        #expect(range.shown(-2000) == 65_535)
        #expect(range.shown(1000) == 0)
        #expect(range.stored(65_535) == -1000)
        #expect(range.stored(0) == 1000)
    }

    @Test func `every 8-bit value and every value of a 12-bit range survives being shown`() {
        for range in [
            DisplayRange(low: 0, high: 255), DisplayRange(low: -1024, high: 3071),
            DisplayRange(low: 0, high: 4095, isInverted: true),
        ] {
            #expect((range.low...range.high).allSatisfy { range.stored(range.shown($0)) == $0 })
        }
    }

    @Test func `what is painted becomes opaque`() throws {
        let image = try PixelImage(
            width: 2,
            height: 1,
            channelCount: 2,
            samples: .uint8([10, 0, 20, 7])
        )
        var pixels = EditablePixels(image)
        var mask = try PixelMask(width: 2, height: 1)
        mask[0, 0] = true
        try pixels.show(try PixelImage(width: 2, height: 1, grey: [90, 90]), in: mask)
        #expect(pixels.values == [90, 255, 20, 7])
    }

    @Test func `a larger canvas holds the picture where it is put`() throws {
        let pixels = EditablePixels(try PixelImage(width: 2, height: 1, grey: [1, 2]))
        let larger = try pixels.enlarged(width: 4, height: 3, x: 1, y: 2)
        #expect(larger.values == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0])
        #expect(throws: ImagingError.self) {
            try pixels.enlarged(width: 4, height: 3, x: 3, y: 0)
        }
    }

    // MARK: - Random cases

    private static func source(
        _ kind: Kind,
        _ jpeg: PixelImage,
        _ random: inout SplitMix
    ) throws -> EditablePixels {
        let (width, height) = (
            Int.random(in: 2...24, using: &random), Int.random(in: 2...24, using: &random)
        )
        func image(_ channelCount: Int, _ bitDepth: Int) throws -> EditablePixels {
            EditablePixels(
                try noise(width, height, channelCount: channelCount, bitDepth: bitDepth, &random)
            )
        }
        func values(_ allowed: ClosedRange<Int32>, _ display: DisplayRange) throws -> EditablePixels
        {
            try EditablePixels(
                width: width,
                height: height,
                values: (0..<width * height).map { _ in .random(in: allowed, using: &random) },
                allowed: allowed,
                display: display
            )
        }
        return switch kind {
        case .png8: try image(1, 8)
        case .png16: try image(1, 16)
        case .rgb8: try image(3, 8)
        case .rgb16: try image(3, 16)
        case .greyAlpha8: try image(2, 8)
        case .rgbAlpha16: try image(4, 16)
        case .jpeg: EditablePixels(jpeg)
        case .signed: try values(-32_768...32_767, DisplayRange(low: -1024, high: 1500))
        case .unsigned12: try values(0...4095, DisplayRange(low: 200, high: 3000))
        case .inverted: try values(0...1023, DisplayRange(low: 0, high: 1023, isInverted: true))
        }
    }

    /// A few rectangles and single pixels; something is repainted and something is kept.
    private static func mask(
        _ source: EditablePixels,
        _ random: inout SplitMix
    ) throws -> PixelMask {
        var mask = try PixelMask(width: source.width, height: source.height)
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let (x, y) = (
                Int.random(in: 0..<source.width, using: &random),
                Int.random(in: 0..<source.height, using: &random)
            )
            let width = Int.random(in: 1...source.width - x, using: &random)
            let height = Int.random(in: 1...source.height - y, using: &random)
            try mask.add(PixelRectangle(x: x, y: y, width: width, height: height))
        }
        mask[
            .random(in: 0..<source.width, using: &random),
            .random(in: 0..<source.height, using: &random)
        ] = true
        if mask.count == source.width * source.height { mask[0, 0] = false }
        return mask
    }

    private static func noise(
        _ width: Int,
        _ height: Int,
        channelCount: Int,
        bitDepth: Int,
        _ random: inout SplitMix
    ) throws -> PixelImage {
        let count = width * height * channelCount
        let samples: PixelImage.Samples =
            bitDepth == 8
            ? .uint8((0..<count).map { _ in .random(in: 0 ... .max, using: &random) })
            : .uint16((0..<count).map { _ in .random(in: 0 ... .max, using: &random) })
        return try PixelImage(
            width: width,
            height: height,
            channelCount: channelCount,
            samples: samples
        )
    }

    /// The values after a round through a PNG file's bytes, where a PNG can hold them.
    private static func writtenAndRead(_ pixels: EditablePixels, _ kind: Kind) throws -> [Int32] {
        switch kind {
        case .signed, .unsigned12, .inverted: pixels.values
        default:
            EditablePixels(try PixelImage.decode(pixels.image().encodedPNG())).values
        }
    }
}
