import Foundation
import Imaging
import Testing

struct PNGWritingTests {
    private func image(channelCount: Int, bitDepth: Int) throws -> PixelImage {
        let count = 7 * 5 * channelCount
        return try PixelImage(
            width: 7,
            height: 5,
            channelCount: channelCount,
            samples: bitDepth == 8
                ? .uint8((0..<count).map { UInt8($0 * 89 % 256) })
                : .uint16((0..<count).map { UInt16($0 * 40_503 % 65_536) })
        )
    }

    @Test(arguments: 1...4, [8, 16])
    func `pixels come back as they were written`(channelCount: Int, bitDepth: Int) throws {
        let image = try image(channelCount: channelCount, bitDepth: bitDepth)
        let bytes = try image.encodedPNG()
        #expect(try PixelImage.decode(bytes) == image)
        // IHDR: bit depth and colour type as PNG numbers them.
        #expect(bytes[24...25] == [UInt8(bitDepth), [0, 4, 2, 6][channelCount - 1]])
        #expect(try image.encodedPNG() == bytes)
    }

    @Test func `text comes back in order, chunk types by alphabet`() throws {
        let text = [
            PNGText(keyword: "Title", value: "plain\nlines"),
            PNGText(keyword: "Description", value: "手の X線 🦴"),
            PNGText(keyword: "Title", value: ""),
            PNGText(keyword: PNGText.xmpKeyword, value: "<x/>"),
        ]
        let bytes = try image(channelCount: 1, bitDepth: 8).encodedPNG(text: text)
        #expect(try PNGText.decode(bytes) == text)
        #expect(
            try chunkTypes(bytes) == ["IHDR", "tEXt", "iTXt", "tEXt", "iTXt", "IDAT", "IEND"]
        )
    }

    @Test func `text of other programs is read`() throws {
        let text = try PNGText.read(path: Goldens.path("text.png"))
        #expect(
            text == [
                PNGText(keyword: "Title", value: "plain latin-1: éüß"),
                PNGText(keyword: "Comment", value: String(repeating: "compressed ", count: 30)),
                PNGText(keyword: "Description", value: "手の X線 🦴"),
                PNGText(keyword: "Notes", value: String(repeating: "also compressed ", count: 30)),
                PNGText(keyword: "Title", value: "a second title"),
                PNGText(keyword: "Late", value: "behind the pixels"),
            ]
        )
    }

    @Test(
        arguments: [
            "", " lead", "trail ", "two  spaces", "tab\t", "é", String(repeating: "k", count: 80),
        ])
    func `keywords that PNG does not allow are refused`(keyword: String) throws {
        let image = try image(channelCount: 1, bitDepth: 8)
        #expect(throws: ImagingError.invalidKeyword(keyword)) {
            try image.encodedPNG(text: [PNGText(keyword: keyword, value: "v")])
        }
        #expect(throws: ImagingError.invalidText(keyword: "k")) {
            try image.encodedPNG(text: [PNGText(keyword: "k", value: "a\0b")])
        }
    }

    @Test func `a file that exists is left alone`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/image.png"
            let first = try image(channelCount: 1, bitDepth: 8)
            try first.writePNG(to: path)
            #expect(throws: ImagingError.fileExists(path: path)) {
                try image(channelCount: 3, bitDepth: 16).writePNG(to: path)
            }
            #expect(try PixelImage.read(path: path) == first)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["image.png"])
        }
    }

    @Test func `a folder that is not there is named`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/missing/image.png"
            #expect(throws: ImagingError.file(path: path, action: .create, errorNumber: ENOENT)) {
                try image(channelCount: 1, bitDepth: 8).writePNG(to: path)
            }
        }
    }

    @Test func `a full disk is named`() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        defer { close(descriptor) }
        #expect(throws: ImagingError.diskFull(path: "/dev/full")) {
            try File.write([1, 2, 3], to: descriptor, "/dev/full")
        }
    }

    private func chunkTypes(_ bytes: [UInt8]) throws -> [String] {
        var types: [String] = []
        var start = 8
        while start < bytes.count {
            let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            types.append(String(decoding: bytes[start + 4..<start + 8], as: UTF8.self))
            let checksum = bytes[start + 8 + length..<start + 12 + length]
            #expect(
                checksum.reduce(0) { $0 << 8 | UInt32($1) }
                    == crc32(bytes[start + 4..<start + 8 + length])
            )
            start += 12 + length
        }
        return types
    }
}
