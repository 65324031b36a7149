import Foundation
import Imaging
import Testing

/// Damaged files must be decoded or refused: never crash, never hang.
///
/// `SKIAGRAPH_FUZZ_SECONDS` in the environment sets for how long more of them are tried.
struct MutationTests {
    private static let sources = [
        "channels1-16bit-interlaced.png", "channels3-8bit-transparent.png", "channels4-8bit.png",
        "grey1-interlaced.png", "palette4.png", "palette8-transparent-interlaced.png",
        "orientation6.png", "gamma-and-profile.png", "text.png", "grey.jpg",
        "ycbcr420.jpg", "ycbcr420-progressive.jpg", "ycbcr422-restarts.jpg", "cmyk.jpg",
        "ycck.jpg", "rgb.jpg", "orientation8.jpg", "damaged-exif.jpg",
        "tiff/grey16-deflate.tif", "tiff/grey8-lzw.tif", "tiff/rgb16-tiled.tif",
        "tiff/rgb8-packbits.tif", "tiff/rgb8-planar.tif", "tiff/two-pages.tif",
    ]

    @Test func `damaged files are decoded or refused`() throws {
        let files = try Self.sources.map { try Goldens.bytes($0) }
        let seconds = ProcessInfo.processInfo.environment["SKIAGRAPH_FUZZ_SECONDS"]
        let end = ContinuousClock.now + .seconds(seconds.flatMap { Int($0) } ?? 0)
        var count = 0
        var random = SplitMix(state: 1)
        let limits = DecodingLimits(maximumSide: 4096, maximumByteCount: 16 << 20)
        var refused = 0
        while count < 2000 || ContinuousClock.now < end {
            count += 1
            let bytes = Mutation.damaged(files, using: &random)
            do {
                let image = try PixelImage.decode(bytes, limits: limits)
                #expect(image.samples.count == image.width * image.height * image.channelCount)
            } catch {
                refused += 1
                #expect(!error.description.isEmpty)
            }
            if ImageFormat(sniffing: bytes) == .png {
                _ = try? PNGText.decode(bytes, limits: limits)
            }
        }
        if seconds != nil { print("\(count) damaged files, \(refused) of them refused") }
        // Some damage is harmless (a changed pixel, a comment); most is not.
        #expect((count / 4..<count).contains(refused))
    }
}

private enum Mutation {
    /// One of the files with a few bytes changed, removed, repeated or taken from another file;
    /// every second PNG gets its checksums mended, so that the damage reaches the decoder.
    static func damaged(_ files: [[UInt8]], using random: inout SplitMix) -> [UInt8] {
        var bytes = files.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &random) where bytes.count > 16 {
            let place = Int.random(in: 2..<bytes.count, using: &random)
            let end = min(place + Int.random(in: 1...24, using: &random), bytes.count)
            switch Int.random(in: 0..<7, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[place] = .random(in: 0...255, using: &random)
            case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
            case 3: bytes.removeSubrange(place..<end)
            case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 5: bytes.removeSubrange(place...)
            default:
                let other = files.randomElement(using: &random) ?? []
                let start = Int.random(in: 0..<other.count, using: &random)
                bytes.replaceSubrange(place..<end, with: other[start...].prefix(end - place))
            }
        }
        if ImageFormat(sniffing: bytes) == .png && Bool.random(using: &random) {
            mendChecksums(&bytes)
        }
        return bytes
    }

    private static func mendChecksums(_ bytes: inout [UInt8]) {
        var start = 8
        while start + 12 <= bytes.count {
            let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = start + 8 + length
            guard end + 4 <= bytes.count else { return }
            let checksum = crc32(bytes[start + 4..<end])
            for index in 0..<4 {
                bytes[end + index] = UInt8(truncatingIfNeeded: checksum >> (24 - 8 * index))
            }
            start = end + 4
        }
    }
}

/// The checksum of PNG (Third Edition, Annex D), bit by bit.
func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { checksum, byte in
        (0..<8).reduce(checksum ^ UInt32(byte)) { value, _ in
            value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0)
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014), so that every run tries the same damage.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
