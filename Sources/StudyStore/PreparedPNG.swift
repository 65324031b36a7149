/// A PNG file that tells nothing but its pixels.
///
/// Of the file that comes in, only the header and the compressed pixels stay, in one chunk each.
/// All files of a study have the same header, and one chunk of zeros brings them to the same
/// length, so that name, size and metadata of a download are the same for every image.
///
/// - SeeAlso: PNG (Third Edition), W3C, sections 5 and 11.
struct PreparedPNG: Equatable {
    /// The content of the header chunk: size, bit depth and colour type.
    let header: [UInt8]
    /// The zlib stream of all pixels.
    let pixels: [UInt8]

    /// Reads a PNG file; the text says what is wrong with it.
    init(_ file: [UInt8]) throws(Problem) {
        guard file.starts(with: Self.signature) else { throw Problem("is not a PNG file") }
        var header: [UInt8]?
        var pixels: [UInt8] = []
        var place = Self.signature.count
        var isComplete = false
        while !isComplete {
            guard place + 12 <= file.count else { throw Problem("ends in the middle of a chunk") }
            let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            let type = Array(file[place + 4..<place + 8])
            guard length <= file.count - place - 12 else {
                throw Problem("ends in the middle of a chunk")
            }
            let content = file[place + 8..<place + 8 + length]
            switch type {
            case Self.headerType: header = Array(content)
            case Self.pixelsType: pixels += content
            case Self.endType: isComplete = true
            case Self.paletteType: throw Problem("has a palette; prepare grey or RGB pixels")
            default: break
            }
            place += 12 + length
        }
        guard let header, header.count == 13 else { throw Problem("has no header") }
        guard header[9] == 0 || header[9] == 2 else {
            throw Problem("has colour type \(header[9]); prepare grey (0) or RGB (2) pixels")
        }
        guard header[12] == 0 else { throw Problem("is interlaced; prepare it without") }
        guard pixels.count > 2 else { throw Problem("has no pixels") }
        self.header = header
        self.pixels = pixels
    }

    /// The length of the file before the chunk of zeros.
    var bareLength: Int { Self.signature.count + 12 + header.count + 12 + pixels.count + 12 }

    /// The least length that a file with a chunk of zeros can be brought to.
    static func paddedLength(forBareLength length: Int) -> Int {
        let step = 4096
        return (length + 12 + step - 1) / step * step
    }

    /// The file, filled up with zeros to a length of at least `bareLength + 12`.
    func file(length: Int) -> [UInt8] {
        precondition(length >= bareLength + 12, "a file is filled up, not cut")
        let zeros = [UInt8](repeating: 0, count: length - bareLength - 12)
        return Self.signature + Self.chunk(Self.headerType, header)
            + Self.chunk(Self.pixelsType, pixels) + Self.chunk(Self.paddingType, zeros)
            + Self.chunk(Self.endType, [])
    }

    /// What the formats of two files have in common, in words a lead understands.
    ///
    /// The two first bytes of the pixels tell how the encoder was set.
    var traits: [(property: String, value: String)] {
        let size = stride(from: 0, to: 8, by: 4).map { start in
            String(header[start..<start + 4].reduce(0) { $0 << 8 | Int($1) })
        }
        return [
            ("the size", size.joined(separator: "x")),
            ("the bit depth", "\(header[8])"),
            ("the colour type", "\(header[9])"),
            ("the compression", pixels.prefix(2).map { String($0, radix: 16) }.joined()),
        ]
    }

    /// Why a file cannot be used, as the end of a sentence about the image.
    struct Problem: Error {
        let text: String
        init(_ text: String) { self.text = text }
    }

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let headerType = Array("IHDR".utf8)
    private static let paletteType = Array("PLTE".utf8)
    private static let pixelsType = Array("IDAT".utf8)
    private static let endType = Array("IEND".utf8)
    /// Ancillary, private, safe to copy: decoders skip it.
    private static let paddingType = Array("paDd".utf8)

    private static func chunk(_ type: [UInt8], _ content: [UInt8]) -> [UInt8] {
        let checked = type + content
        return bigEndian(UInt32(content.count)) + checked + bigEndian(CRC32.checksum(checked))
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}

/// The checksum of PNG chunks.
///
/// - SeeAlso: PNG (Third Edition), annex D.
enum CRC32 {
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
        }
    }
}
