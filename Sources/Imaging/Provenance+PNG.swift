import FoundationEssentials

extension Provenance {
    /// The PNG keyword whose value is the provenance as compact JSON.
    public static let pngKeyword = "skiagraph"

    /// The text entries to write into a PNG: the JSON under `pngKeyword`, and the XMP packet.
    ///
    /// - Throws: `ImagingError.malformedProvenance` for a guidance scale that is no number.
    public func pngText() throws(ImagingError) -> [PNGText] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json: Data
        do { json = try encoder.encode(self) } catch {
            throw .malformedProvenance("\(error)")
        }
        return [
            PNGText(keyword: Self.pngKeyword, value: String(decoding: json, as: UTF8.self)),
            PNGText(keyword: PNGText.xmpKeyword, value: xmpPacket),
        ]
    }

    /// Reads the provenance that `pngText` put into a PNG file.
    ///
    /// - Throws: `ImagingError.inFile` around `.noProvenance`, `.malformedProvenance` or what is
    ///   wrong with the file, or a file error.
    public init(readingPNG path: String) throws(ImagingError) {
        self = try ImagingError.naming(path) { () throws(ImagingError) in
            try Provenance(text: PNGText.read(path: path))
        }
    }

    /// Reads the provenance from the text entries of a PNG.
    ///
    /// - Throws: `ImagingError.noProvenance` or `.malformedProvenance`.
    public init(text: [PNGText]) throws(ImagingError) {
        guard let entry = text.first(where: { $0.keyword == Self.pngKeyword }) else {
            throw .noProvenance
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(entry.value.utf8))
        } catch {
            throw .malformedProvenance("\(error)")
        }
    }

    /// Reads the provenance of an image file that may have none.
    ///
    /// - Parameter bytes: the file, of any format.
    /// - Returns: nil where it is no PNG, or one that tells nothing.
    /// - Throws: `ImagingError.malformedProvenance` or what is wrong with the file.
    public static func found(in bytes: [UInt8]) throws(ImagingError) -> Provenance? {
        guard ImageFormat(sniffing: bytes) == .png else { return nil }
        do {
            return try Provenance(text: PNGText.decode(bytes))
        } catch .noProvenance {
            return nil
        }
    }
}
