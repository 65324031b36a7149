import Foundation
import Imaging
import Testing

struct PerceptualHashTests {
    /// numpy: `C @ image @ C.T` with `C[u][i] = cos(pi (2i + 1) u / 128)` for u < 16; bit i is set where
    /// coefficient i exceeds the median of the 255 after the first.
    @Test func `the bits are those of numpy's cosine transform`() throws {
        let samples = (0..<64 * 64).map { index -> UInt8 in
            let (x, y) = (index % 64, index / 64)
            return UInt8((x * x + 3 * y * y + 5 * x * y) / 7 % 256)
        }
        let hash = try PerceptualHash(PixelImage(width: 64, height: 64, grey: samples))
        #expect(
            hash.hexadecimal
                == "e5a03ca0b4a06c8056b8dff87ff0edf0ff98fe08681cc53ef88040ca01df179d"
        )
        #expect(PerceptualHash(hexadecimal: hash.hexadecimal) == hash)
    }

    @Test(arguments: [
        "", "0", String(repeating: "g", count: 64), String(repeating: "0", count: 65),
    ])
    func `other texts are no hash`(text: String) {
        #expect(PerceptualHash(hexadecimal: text) == nil)
    }

    @Test func `distance counts bits`() throws {
        let zero = try #require(PerceptualHash(hexadecimal: String(repeating: "0", count: 64)))
        let text = "8000000000000001" + String(repeating: "0", count: 47) + "7"
        let other = try #require(PerceptualHash(hexadecimal: text))
        #expect(zero.distance(to: other) == 5)
        #expect(other.distance(to: other) == 0)
    }

    @Test func `size, depth and brightness hardly change it, another picture does`() throws {
        func picture(_ number: Int) throws -> PixelImage {
            var samples: [UInt8] = []
            for index in 0..<200 * 160 {
                let (x, y) = (Double(index % 200) / 200, Double(index / 200) / 160)
                var sum = 0.0
                for wave in 0..<24 {
                    let across: Double = Double((wave * 5 + number * 3) % 7) + 0.37
                    let down: Double = Double((wave * 3 + number * 5) % 7) + 0.61
                    let turn: Double = across * x + (wave % 2 == 0 ? -down : down) * y
                    let phase: Double = 0.7 * Double(wave * (number + 1))
                    sum += sin(2 * Double.pi * turn + phase)
                }
                samples.append(UInt8(110 + 2.5 * sum))
            }
            return try PixelImage(width: 200, height: 160, grey: samples)
        }
        let first = try picture(1)
        let hash = try PerceptualHash(first)
        let darker = first.byteSamples.map { UInt8(Double($0) * 0.8) }
        for copy in [
            try first.resized(width: 96, height: 77), first.convertedTo16Bit(),
            try PixelImage(width: 200, height: 160, grey: darker),
        ] {
            #expect(try hash.distance(to: PerceptualHash(copy)) <= PerceptualHash.nearDistance)
        }
        #expect(try hash.distance(to: PerceptualHash(picture(2))) > 60)
    }
}
