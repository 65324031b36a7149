import CImageCodecs

extension PixelImage {
    /// Writes a PNG file with text entries, whole or not at all, and never over an existing file.
    ///
    /// - Throws: `ImagingError.fileExists`, `.diskFull`, `.file`, or `.inFile` around a text entry
    ///   that PNG does not allow.
    public func writePNG(to path: String, text: [PNGText] = []) throws(ImagingError) {
        try ImagingError.naming(path) { () throws(ImagingError) in
            try File.create(path, encodedPNG(text: text))
        }
    }

    /// The bytes of a PNG file with text entries; equal images and texts give equal bytes.
    ///
    /// - Throws: `ImagingError.invalidKeyword`, `.invalidText` or `.codec`.
    public func encodedPNG(text: [PNGText] = []) throws(ImagingError) -> [UInt8] {
        for entry in text { try entry.validate() }
        let strings = text.map { (Array($0.keyword.utf8CString), Array($0.value.utf8CString)) }
        // The codec wants all strings to live at once, so they lie in one array.
        let characters = strings.flatMap { $0 + $1 }
        var info = codecInfo
        var encoded: UnsafeMutablePointer<UInt8>?
        var count = 0
        var message = [CChar](repeating: 0, count: Int(CIC_MESSAGE_SIZE))
        let status = characters.withUnsafeBufferPointer { characters -> cic_status in
            var entries: [cic_text] = []
            var next = characters.baseAddress
            for (entry, (keyword, value)) in zip(text, strings) {
                guard let start = next else { break }
                entries.append(
                    cic_text(
                        keyword: start,
                        value: start + keyword.count,
                        is_utf8: entry.isInternational
                    )
                )
                next = start + keyword.count + value.count
            }
            return withSampleBytes { samples in
                guard let samples else { return .CIC_STATUS_FAILED }
                return cic_png_encode(
                    &info,
                    samples,
                    entries,
                    entries.count,
                    &encoded,
                    &count,
                    &message
                )
            }
        }
        defer { cic_free(encoded) }
        try message.withUnsafeBufferPointer { message throws(ImagingError) in
            guard let start = message.baseAddress else { return }
            try status.check(.png, message: start)
        }
        return Array(UnsafeBufferPointer(start: encoded, count: count))
    }
}
