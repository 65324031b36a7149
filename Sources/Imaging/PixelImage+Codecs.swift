import CImageCodecs

extension PixelImage {
    /// Makes the image that a decoder describes, from the samples it writes.
    init(
        decoding info: cic_image_info,
        _ decode: (UnsafeMutableRawPointer, _ byteCount: Int) throws(ImagingError) -> Void
    ) throws(ImagingError) {
        let (width, height) = (Int(info.width), Int(info.height))
        let channelCount = Int(info.channel_count)
        let count = try Self.sampleCount(width, height, channelCount)
        let samples: Samples =
            info.bit_depth == 16
            ? .uint16(try filled(count: count, decode)) : .uint8(try filled(count: count, decode))
        self.init(trusted: samples, width: width, height: height, channelCount: channelCount)
    }

    /// The description under which an encoder takes the samples.
    var codecInfo: cic_image_info {
        cic_image_info(
            width: UInt32(width),
            height: UInt32(height),
            channel_count: Int32(channelCount),
            bit_depth: Int32(bitDepth)
        )
    }

    func withSampleBytes<Value>(_ work: (UnsafeRawPointer?) -> Value) -> Value {
        switch samples {
        case .uint8(let values): values.withUnsafeBytes { work($0.baseAddress) }
        case .uint16(let values): values.withUnsafeBytes { work($0.baseAddress) }
        }
    }
}

private func filled<Sample: FixedWidthInteger>(
    count: Int,
    _ fill: (UnsafeMutableRawPointer, Int) throws(ImagingError) -> Void
) throws(ImagingError) -> [Sample] {
    var values = [Sample](repeating: 0, count: count)
    try values.withUnsafeMutableBufferPointer { buffer throws(ImagingError) in
        guard let start = buffer.baseAddress else { return }
        try fill(UnsafeMutableRawPointer(start), count * MemoryLayout<Sample>.stride)
    }
    return values
}

extension DecodingLimits {
    /// Checks the picture that a decoder announces, with what the decoder keeps beside it.
    func check(_ info: cic_image_info, workingBytesPerPixel: Int = 0) throws(ImagingError) {
        let bytesPerPixel = Int(info.channel_count) * Int(info.bit_depth / 8)
        try check(
            width: Int(info.width),
            height: Int(info.height),
            bytesPerPixel: bytesPerPixel + workingBytesPerPixel
        )
    }
}

extension cic_status {
    func check(
        _ format: ImageFormat,
        message: @autoclosure () -> UnsafePointer<CChar>
    ) throws(ImagingError) {
        switch self {
        case .CIC_STATUS_OK: return
        case .CIC_STATUS_TRUNCATED: throw .truncated(format)
        case .CIC_STATUS_UNSUPPORTED:
            throw .unsupported(format, feature: String(cString: message()))
        case .CIC_STATUS_FAILED: throw .codec(format, message: String(cString: message()))
        }
    }
}
