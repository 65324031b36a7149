import DICOM
import Foundation
import Imaging
import Testing

/// Nothing that a file contains may end the process.
struct DamagedFileTests {
    /// Marsaglia's xorshift64: the same damage at every run, other damage for another seed.
    private struct Xorshift: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state &* 0x2545_F491_4F6C_DD1D
        }
    }

    private static let sources = [
        "CT_small", "MR_small_RLE", "MR_small_jp2klossless", "MR_small_jpeg_ls_lossless",
        "MR_small_implicit", "MR_small_bigendian", "SC_rgb_small_odd_jpeg", "SC_rgb_jpeg_gdcm",
        "JPEGLSNearLossless_08", "voi-table", "both-tables", "SC_rgb_rle_2frame",
    ]

    /// Reads everything there is to read; whether there was an image.
    private func read(_ bytes: [UInt8]) -> Bool {
        let limits = DecodingLimits(maximumSide: 2048, maximumByteCount: 64 << 20)
        guard let file = try? DICOMFile(bytes, limits: limits) else { return false }
        let images = (0..<min(file.frameCount, 3)).map { try? file.image(frame: $0).displayed() }
        return !images.isEmpty && images.allSatisfy { $0 != nil }
    }

    /// `SKIAGRAPH_FUZZ_SEED` (not 0) picks the damage; `SKIAGRAPH_FUZZ_SECONDS` sets for how long
    /// more of it is tried, all files together.
    @Test(arguments: sources)
    func `no altered file crashes`(name: String) throws {
        let path = try Reference.pydicom.get().entry(name).path
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        let environment = ProcessInfo.processInfo.environment
        var random = Xorshift(state: environment["SKIAGRAPH_FUZZ_SEED"].flatMap(UInt64.init) ?? 1)
        let seconds = environment["SKIAGRAPH_FUZZ_SECONDS"].flatMap { Double($0) }
        let end = ContinuousClock.now + .seconds((seconds ?? 0) / Double(Self.sources.count))
        var (round, refused) = (0, 0)
        while round < 150 || ContinuousClock.now < end {
            var copy = bytes
            for _ in 0...round % 8 {
                let header = min(2000, copy.count)
                let index =
                    Bool.random(using: &random)
                    ? Int.random(in: 0..<header) : Int.random(in: 0..<copy.count)
                copy[index] = round % 3 == 0 ? 0xFF : UInt8.random(in: 0...255, using: &random)
            }
            if round % 5 == 0 { copy.removeLast(Int.random(in: 0..<copy.count)) }
            if !read(copy) { refused += 1 }
            round += 1
        }
        if seconds != nil { print("\(name): \(round) damaged files, \(refused) of them refused") }
    }

    @Test(arguments: ["CT_small", "MR_small_jp2klossless", "image_dfl"])
    func `a file cut anywhere is an error`(name: String) throws {
        let path = try Reference.pydicom.get().entry(name).path
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        for share in 0..<20 {
            let cut = Array(bytes.prefix(bytes.count * share / 20))
            #expect(throws: DICOMError.self) { try DICOMFile(cut).image() }
        }
    }

    @Test(arguments: [[], [0], Array("not a DICOM file, but some text".utf8), [0x89, 0x50, 0x4E]])
    func `other bytes are no DICOM`(bytes: [UInt8]) {
        #expect(throws: DICOMError.self) { try DICOMFile(bytes) }
    }

    /// 100,000 sequences, one inside the other, in 2 MB.
    @Test func `bottomless nesting is an error`() {
        var bytes = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)
        // (0002,0010) UI 1.2.840.10008.1.2, then (0040,A730) SQ and an item, without end.
        bytes += [2, 0, 0x10, 0] + Array("UI".utf8) + [18, 0] + Array("1.2.840.10008.1.2\0".utf8)
        let level: [UInt8] = [
            0x40, 0x00, 0x30, 0xA7, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF,
            0xFF, 0xFF,
        ]
        for _ in 0..<100_000 { bytes += level }
        #expect(throws: DICOMError.damaged(reason: "its sequences are nested too deeply")) {
            try DICOMFile(bytes)
        }
    }

    @Test func `an announced size beyond the limits takes no memory`() throws {
        let path = try Reference.pydicom.get().entry("CT_small").path
        let file = try DICOMFile(
            Array(Data(contentsOf: URL(filePath: path))),
            limits: DecodingLimits(maximumSide: 100)
        )
        let limits = DecodingLimits(maximumSide: 100)
        #expect(
            throws: DICOMError.tooLarge(width: 128, height: 128, frameCount: 1, limits: limits)
        ) { try file.image() }
    }

    @Test func `a deflated data set cannot grow beyond the limits`() throws {
        let path = try Reference.pydicom.get().entry("image_dfl").path
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        let limits = DecodingLimits(maximumByteCount: 200_000)
        let error = #expect(throws: DICOMError.self) { try DICOMFile(bytes, limits: limits) }
        #expect("\(error as Any)".contains("too large"))
    }
}
