import CImageCodecs

/// TIFF reading by libtiff: one page, grey or RGB of 8 or 16 bits, every compression, strips and tiles.
///
/// White-is-zero grey is inverted and the orientation applied. What else TIFF can hold is refused by
/// name.
enum TIFFDecoder {
    static func image(
        in bytes: [UInt8],
        limits: DecodingLimits
    ) throws(ImagingError) -> PixelImage {
        try bytes.withUnsafeBufferPointer { buffer throws(ImagingError) in
            guard let start = buffer.baseAddress,
                let reader = cic_tiff_reader_create(start, buffer.count, limits.maximumByteCount)
            else { throw .codec(.tiff, message: "out of memory") }
            defer { cic_tiff_reader_free(reader) }
            var info = cic_image_info()
            var orientation: Int32 = 1
            try check(cic_tiff_reader_read_header(reader, &info, &orientation), reader)
            try limits.check(info)
            let image = try PixelImage(decoding: info) { samples, byteCount throws(ImagingError) in
                try check(cic_tiff_reader_read_pixels(reader, samples, byteCount), reader)
            }
            return image.oriented(EXIFOrientation(rawValue: Int(orientation)) ?? .upright)
        }
    }

    private static func check(_ status: cic_status, _ reader: OpaquePointer) throws(ImagingError) {
        try status.check(.tiff, message: cic_tiff_reader_message(reader))
    }
}
