import Imaging
import Testing

struct DecodingTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        var file: String
        var channels: String?
        var image: Goldens.Image

        var testDescription: String { file + (channels.map { " as \($0)" } ?? "") }
    }

    static let cases: [Case] = (try? Goldens.json("decoding.json")) ?? []

    @Test func `the goldens are there`() {
        #expect(Self.cases.count == 55)
    }

    /// PNG is lossless; another libjpeg may round colour conversion and the inverse DCT otherwise.
    @Test(arguments: cases)
    func `files decode to the expected pixels`(golden: Case) throws {
        let image = try PixelImage.read(
            path: Goldens.path(golden.file),
            channels: golden.channels == nil ? .stored : .grey
        )
        let difference = try #require(image.largestDifference(from: golden.image.pixels()))
        #expect(difference <= (golden.file.hasSuffix(".png") ? 0 : 1))
    }

    /// YCbCr files are not here: their Y is not what RGB, rounded and clipped, would give.
    @Test(arguments: cases.filter { !$0.file.hasPrefix("ycbcr") })
    func `a grey reading of other files is the luma of their pixels`(golden: Case) throws {
        let path = Goldens.path(golden.file)
        let grey = try PixelImage.read(path: path, channels: .grey)
        #expect(try grey == PixelImage.read(path: path).convertedToGrey())
    }

    @Test(
        arguments: [
            ([], []),
            ([0x47, 0x49, 0x46, 0x38], [0x47, 0x49, 0x46, 0x38]),
            (Array(repeating: 0, count: 200), Array(repeating: 0, count: 8)),
        ] as [([UInt8], [UInt8])]
    )
    func `bytes of another format are named`(bytes: [UInt8], found: [UInt8]) {
        #expect(throws: ImagingError.notAnImage(found: found)) { try PixelImage.decode(bytes) }
    }

    @Test(
        arguments: [
            "channels3-8bit.png", "channels4-16bit-interlaced.png", "palette4.png", "grey.jpg",
            "ycbcr420-progressive.jpg", "cmyk.jpg",
        ])
    func `a file cut anywhere is refused`(name: String) throws {
        let bytes = try Goldens.bytes(name)
        let format: ImageFormat = name.hasSuffix("png") ? .png : .jpeg
        for count in 8..<bytes.count {
            #expect(throws: ImagingError.truncated(format)) {
                try PixelImage.decode(Array(bytes[..<count]))
            }
        }
    }

    @Test func `a PNG of 60,000 pixels a side is refused by its header`() throws {
        var bytes = try Goldens.bytes("channels1-8bit.png")
        bytes.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
        let limits = DecodingLimits()
        #expect(throws: ImagingError.tooLarge(width: 60_000, height: 60_000, limits: limits)) {
            try PixelImage.decode(bytes)
        }
        #expect(throws: ImagingError.tooLarge(width: 60_000, height: 60_000, limits: limits)) {
            try PNGText.decode(bytes)
        }
    }

    @Test func `a JPEG of 60,000 pixels a side is refused by its header`() throws {
        var bytes = try Goldens.bytes("grey-progressive.jpg")
        let frame = try #require(
            bytes.indices.dropLast().first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC2 }
        )
        bytes.replaceSubrange(frame + 5..<frame + 9, with: [0xEA, 0x60, 0xEA, 0x60])
        let limits = DecodingLimits()
        #expect(throws: ImagingError.tooLarge(width: 60_000, height: 60_000, limits: limits)) {
            try PixelImage.decode(bytes)
        }
    }

    /// 13x11 pixels of 16-bit RGBA, and of a progressive JPEG with its coefficients.
    @Test(
        arguments: [
            ("channels4-16bit.png", 13 * 11 * 8), ("ycbcr420-progressive.jpg", 35 * 24 * (3 + 6)),
        ])
    func `the byte limit counts decoded samples`(name: String, byteCount: Int) throws {
        let bytes = try Goldens.bytes(name)
        _ = try PixelImage.decode(bytes, limits: DecodingLimits(maximumByteCount: byteCount))
        let (width, height) = name.hasSuffix("png") ? (13, 11) : (35, 24)
        let limits = DecodingLimits(maximumByteCount: byteCount - 1)
        #expect(throws: ImagingError.tooLarge(width: width, height: height, limits: limits)) {
            try PixelImage.decode(bytes, limits: limits)
        }
    }

    @Test func `a file above the limit is not read`() throws {
        let path = Goldens.path("channels1-8bit.png")
        let byteCount = try Goldens.bytes("channels1-8bit.png").count
        let limits = DecodingLimits(maximumByteCount: 10)
        let reason = ImagingError.fileTooLarge(byteCount: byteCount, limits: limits)
        #expect(throws: ImagingError.inFile(path: path, reason)) {
            try PixelImage.read(path: path, limits: limits)
        }
    }

    @Test func `12-bit JPEG is named as unsupported`() throws {
        var bytes = try Goldens.bytes("grey.jpg")
        let frame = try #require(
            bytes.indices.dropLast().first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 }
        )
        bytes[frame + 4] = 12
        let error = #expect(throws: ImagingError.self) { try PixelImage.decode(bytes) }
        #expect(error?.description.contains("this kind of JPEG is not supported") == true)
    }

    @Test func `damaged JPEG data is refused, not filled in`() throws {
        var bytes = try Goldens.bytes("ycbcr422-restarts.jpg")
        let restart = try #require(
            bytes.indices.dropLast().first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xD3 }
        )
        bytes.removeSubrange(restart - 30..<restart)
        let error = #expect(throws: ImagingError.self) { try PixelImage.decode(bytes) }
        #expect(error?.description.contains("the JPEG is damaged") == true)
    }

    @Test func `a damaged PNG checksum is refused`() throws {
        var bytes = try Goldens.bytes("channels3-8bit.png")
        bytes[bytes.count - 20] ^= 1
        let error = #expect(throws: ImagingError.self) { try PixelImage.decode(bytes) }
        #expect(error?.description.contains("the PNG is damaged") == true)
    }

    @Test(arguments: ["/", "/dev/zero", "/nowhere/at/all.png"])
    func `what is no regular file is a file error`(path: String) {
        let error = #expect(throws: ImagingError.self) { try PixelImage.read(path: path) }
        #expect(error?.description.hasPrefix("cannot open \(path): ") == true)
    }
}
