import Imaging
import ReaderStudy
import StudyStore

/// Pictures whose truth a browser could see in name, length and text, if they were served as they
/// are.
enum TestPNG {
    /// Noise for real and a smooth field for fake, whose files differ much in length.
    static func image(_ item: StudyCase, side: Int) throws -> [UInt8] {
        var generator = SeededGenerator(seed: 1, stream: item.caseID)
        let offset = UInt8(generator.next(below: 100))
        let grey = (0..<side * side).map { place in
            item.truth == .real
                ? UInt8(generator.next(below: 256)) : offset + UInt8(place % side * 12 / side)
        }
        return try PixelImage(width: side, height: side, grey: grey).encodedPNG(
            text: [
                PNGText(keyword: "Source", value: item.source),
                PNGText(keyword: "Comment", value: item.truth.rawValue),
            ]
        )
    }
}
