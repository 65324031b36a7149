import CImageCodecs

/// JPEG reading by libjpeg-turbo: baseline and progressive; grey, YCbCr, RGB, CMYK and YCCK.
///
/// An EXIF orientation is applied, so that the picture stands as every viewer shows it. Damaged
/// data is an error even where a decoder could fill the gap with grey. CMYK is taken as Adobe
/// stores it (inverted) and turned to RGB without a colour profile, as Pillow does.
enum JPEGDecoder {
    static func image(
        in bytes: [UInt8],
        channels: DecodedChannels,
        limits: DecodingLimits
    ) throws(ImagingError) -> PixelImage {
        try bytes.withUnsafeBufferPointer { buffer throws(ImagingError) in
            guard let start = buffer.baseAddress,
                let reader = cic_jpeg_reader_create(start, buffer.count)
            else { throw .codec(.jpeg, message: "out of memory") }
            defer { cic_jpeg_reader_free(reader) }
            return try image(reader, channels: channels, limits: limits)
        }
    }

    private static func image(
        _ reader: OpaquePointer,
        channels: DecodedChannels,
        limits: DecodingLimits
    ) throws(ImagingError) -> PixelImage {
        var info = cic_image_info()
        var workingBytesPerPixel: UInt32 = 0
        let status = cic_jpeg_reader_read_header(
            reader,
            channels == .grey,
            &info,
            &workingBytesPerPixel
        )
        try status.check(.jpeg, message: cic_jpeg_reader_message(reader))
        try limits.check(info, workingBytesPerPixel: Int(workingBytesPerPixel))
        var exifCount = 0
        let exif = cic_jpeg_reader_exif(reader, &exifCount)
        let orientation = EXIFOrientation(
            block: Array(UnsafeBufferPointer(start: exif, count: exifCount))
        )
        let image = try PixelImage(decoding: info) { samples, byteCount throws(ImagingError) in
            try cic_jpeg_reader_read_pixels(reader, samples, byteCount)
                .check(.jpeg, message: cic_jpeg_reader_message(reader))
        }
        return inRGB(image).oriented(orientation)
    }

    /// A CMYK picture, still marked as four channels, as RGB; any other as it is.
    private static func inRGB(_ image: PixelImage) -> PixelImage {
        guard image.channelCount == 4, case .uint8(let inks) = image.samples else { return image }
        return PixelImage(
            trusted: .uint8(rgb(fromInvertedCMYK: inks)),
            width: image.width,
            height: image.height,
            channelCount: 3
        )
    }

    /// Light left by each ink, times light left by black: 255 is no ink.
    private static func rgb(fromInvertedCMYK inks: [UInt8]) -> [UInt8] {
        var rgb: [UInt8] = []
        rgb.reserveCapacity(inks.count / 4 * 3)
        for pixel in stride(from: 0, to: inks.count, by: 4) {
            let black = Int(inks[pixel + 3])
            for ink in inks[pixel..<pixel + 3] {
                rgb.append(UInt8((Int(ink) * black + 127) / 255))
            }
        }
        return rgb
    }
}
