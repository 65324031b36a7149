import Crypto
import Foundation
import Imaging

/// SHA-256 in lower-case hexadecimal digits, the form in which the archive names contents.
enum SHA256Text {
    static func of(_ bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

    static func of(_ text: String) -> String { of(Array(text.utf8)) }

    /// The hash of a picture's samples, whatever file format holds them.
    ///
    /// It is that of the text "WIDTH HEIGHT CHANNELS BITS" and a line feed, followed by the samples
    /// row by row, those of 16 bits with the high byte first.
    static func of(_ image: PixelImage) -> String {
        var hash = SHA256()
        let layout = image.layout
        let header = "\(layout.width) \(layout.height) \(layout.channelCount) \(layout.bitDepth)\n"
        hash.update(data: Array(header.utf8))
        switch image.samples {
        case .uint8(let values): hash.update(data: values)
        case .uint16(let values):
            values.map(\.bigEndian).withUnsafeBytes { hash.update(bufferPointer: $0) }
        }
        return hexadecimal(hash.finalize())
    }

    static func isValid(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 64 && isHexadecimal(text)
    }

    static func isHexadecimal(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in digest { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
