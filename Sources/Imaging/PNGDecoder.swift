import CImageCodecs

/// PNG reading by libpng: every colour type, bit depth, interlacing and transparency.
///
/// Palettes become RGB, 1-, 2- and 4-bit samples 8 bits, tRNS an alpha channel, and an eXIf
/// orientation is applied. Gamma, chromaticities and ICC profiles are ignored: samples come out as
/// stored.
enum PNGDecoder {
    static func image(
        in bytes: [UInt8],
        limits: DecodingLimits
    ) throws(ImagingError) -> PixelImage {
        try reading(bytes, limits: limits) { reader throws(ImagingError) in
            var info = cic_image_info()
            try check(cic_png_reader_read_header(reader, &info), reader)
            try limits.check(info)
            let image = try PixelImage(decoding: info) { samples, byteCount throws(ImagingError) in
                try check(cic_png_reader_read_pixels(reader, samples, byteCount), reader)
            }
            var exifCount = 0
            let exif = cic_png_reader_exif(reader, &exifCount)
            let block = Array(UnsafeBufferPointer(start: exif, count: exifCount))
            return image.oriented(EXIFOrientation(block: block))
        }
    }

    static func text(
        in bytes: [UInt8],
        limits: DecodingLimits
    ) throws(ImagingError) -> [PNGText] {
        try reading(bytes, limits: limits) { reader throws(ImagingError) in
            var info = cic_image_info()
            try check(cic_png_reader_read_header(reader, &info), reader)
            try limits.check(info)
            try check(cic_png_reader_read_pixels(reader, nil, 0), reader)
            return (0..<cic_png_reader_text_count(reader)).map { index in
                PNGText(cic_png_reader_text(reader, index))
            }
        }
    }

    private static func reading<Value>(
        _ bytes: [UInt8],
        limits: DecodingLimits,
        _ work: (OpaquePointer) throws(ImagingError) -> Value
    ) throws(ImagingError) -> Value {
        try checkHeaderSize(of: bytes, limits: limits)
        let maximumSide = UInt32(clamping: min(limits.maximumSide, Int(Int32.max)))
        return try bytes.withUnsafeBufferPointer { buffer throws(ImagingError) in
            guard let start = buffer.baseAddress,
                let reader = cic_png_reader_create(start, buffer.count, maximumSide)
            else { throw .codec(.png, message: "out of memory") }
            defer { cic_png_reader_free(reader) }
            return try work(reader)
        }
    }

    /// Refuses an oversized picture by its IHDR before libpng sees it, so that the error can name
    /// the size.
    private static func checkHeaderSize(
        of bytes: [UInt8],
        limits: DecodingLimits
    ) throws(ImagingError) {
        guard bytes.count >= 24 else { throw .truncated(.png) }
        func number(at index: Int) -> Int {
            bytes[index..<index + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        try limits.check(width: number(at: 16), height: number(at: 20), bytesPerPixel: 0)
    }

    private static func check(_ status: cic_status, _ reader: OpaquePointer) throws(ImagingError) {
        try status.check(.png, message: cic_png_reader_message(reader))
    }
}

extension PNGText {
    fileprivate init(_ text: cic_text) {
        self.init(
            keyword: Self.latin1(text.keyword),
            value: text.is_utf8 ? String(cString: text.value) : Self.latin1(text.value)
        )
    }

    private static func latin1(_ characters: UnsafePointer<CChar>) -> String {
        var text = String.UnicodeScalarView()
        var next = characters
        while next.pointee != 0 {
            text.append(Unicode.Scalar(UInt8(bitPattern: next.pointee)))
            next += 1
        }
        return String(text)
    }
}
