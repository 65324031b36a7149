/// One text entry of a PNG file: a keyword and its value.
///
/// ASCII values are stored as tEXt, all others and the XMP packet as iTXt, none compressed.
public struct PNGText: Sendable, Hashable {
    /// 1 to 79 printable ASCII characters, by convention capitalised English.
    public var keyword: String
    /// Any text without NUL characters.
    public var value: String

    /// Makes an entry; a keyword or value that PNG does not allow is refused on writing.
    public init(keyword: String, value: String) {
        self.keyword = keyword
        self.value = value
    }

    /// The keyword under which XMP Specification Part 3, 1.1.5 stores a packet.
    public static let xmpKeyword = "XML:com.adobe.xmp"

    /// Reads the text entries of a PNG, in the file's order, without keeping its pixels.
    ///
    /// - Throws: `ImagingError`.
    public static func read(
        path: String,
        limits: DecodingLimits = DecodingLimits()
    ) throws(ImagingError) -> [PNGText] {
        try ImagingError.naming(path) { () throws(ImagingError) in
            try decode(File.read(path, limits: limits), limits: limits)
        }
    }

    /// Reads the text entries of a PNG's bytes, in their order, without keeping its pixels.
    ///
    /// - Throws: `ImagingError`.
    public static func decode(
        _ bytes: [UInt8],
        limits: DecodingLimits = DecodingLimits()
    ) throws(ImagingError) -> [PNGText] {
        switch ImageFormat(sniffing: bytes) {
        case .png: try PNGDecoder.text(in: bytes, limits: limits)
        case .jpeg: throw .unsupported(.jpeg, feature: "text entries")
        case .tiff: throw .unsupported(.tiff, feature: "text entries")
        case nil: throw .notAnImage(found: Array(bytes.prefix(8)))
        }
    }

    var isInternational: Bool {
        keyword == Self.xmpKeyword || !value.utf8.allSatisfy { $0 < 0x80 }
    }

    /// Checks what PNG (Third Edition, 11.3.3.1) asks of keywords and values.
    func validate() throws(ImagingError) {
        let isPrintable = keyword.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        guard isPrintable, (1...79).contains(keyword.utf8.count),
            !keyword.hasPrefix(" "), !keyword.hasSuffix(" "), !doubleSpaces(in: keyword)
        else { throw .invalidKeyword(keyword) }
        guard !value.utf8.contains(0) else { throw .invalidText(keyword: keyword) }
    }

    private func doubleSpaces(in keyword: String) -> Bool {
        zip(keyword.utf8, keyword.utf8.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
    }
}
