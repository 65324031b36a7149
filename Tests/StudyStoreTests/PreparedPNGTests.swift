import Imaging
import Testing

@testable import StudyStore

struct PreparedPNGTests {
    private let image: PixelImage

    init() throws {
        image = try PixelImage(width: 5, height: 3, grey: (0..<15).map { UInt8($0 * 17) })
    }

    @Test func `pixels stay, text goes, and the length is what was asked for`() throws {
        let file = try image.encodedPNG(text: [PNGText(keyword: "Comment", value: "synthetic")])
        let prepared = try PreparedPNG(file).file(length: 4096)
        #expect(prepared.count == 4096)
        #expect(try PixelImage.decode(prepared) == image)
        #expect(!contains(prepared, "synthetic"))
        #expect(contains(file, "synthetic"))
    }

    @Test func `a prepared file stays the same when it is prepared again`() throws {
        let once = try PreparedPNG(image.encodedPNG()).file(length: 4096)
        #expect(try PreparedPNG(once).file(length: 4096) == once)
    }

    /// The check value of CRC-32 in every catalogue of checksums.
    @Test func `the checksum of 123456789 is the published one`() {
        #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    }

    @Test(arguments: [
        (0, 4096), (4084, 4096), (4085, 8192), (100_000, 102_400),
    ])
    func `lengths grow in steps of 4096`(bare: Int, padded: Int) {
        #expect(PreparedPNG.paddedLength(forBareLength: bare) == padded)
    }

    @Test func `what is no plain PNG is refused`() throws {
        let file = try image.encodedPNG()
        var palette = file
        palette[25] = 3
        var interlaced = file
        interlaced[28] = 1
        for (bytes, problem) in [
            (Array("GIF89a".utf8), "is not a PNG file"),
            (Array(file.dropLast(20)), "ends in the middle of a chunk"),
            (palette, "has colour type 3; prepare grey (0) or RGB (2) pixels"),
            (interlaced, "is interlaced; prepare it without"),
        ] {
            let error = #expect(throws: PreparedPNG.Problem.self) { try PreparedPNG(bytes) }
            #expect(error?.text == problem)
        }
    }

    private func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: Array(text.utf8)) }
    }
}
