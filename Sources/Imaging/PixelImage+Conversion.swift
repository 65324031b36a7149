extension PixelImage {
    /// One grey channel: luma by ITU-R BT.601, rounded as Pillow's mode "L".
    ///
    /// Alpha is dropped, not blended.
    public func convertedToGrey() -> PixelImage {
        guard channelCount > 2 else { return channelCount == 1 ? self : grey(fromChannel: 0) }
        return rebuilt(channelCount: 1) {
            lumas(of: $0, stride: channelCount)
        } uint16: {
            lumas(of: $0, stride: channelCount)
        }
    }

    /// Three channels: grey is repeated, alpha dropped.
    public func convertedToRGB() -> PixelImage {
        let sources = channelCount > 2 ? [0, 1, 2] : [0, 0, 0]
        return channelCount == 3 ? self : picking(sources)
    }

    /// The image without its alpha channel, if it has one.
    public func withoutAlpha() -> PixelImage {
        hasAlpha ? picking(Array(0..<channelCount - 1)) : self
    }

    /// One channel as a grey image, for instance the alpha of a mask.
    ///
    /// - Throws: `ImagingError.invalidChannelCount` where there is no such channel.
    public func channel(_ index: Int) throws(ImagingError) -> PixelImage {
        guard (0..<channelCount).contains(index) else { throw .invalidChannelCount(index + 1) }
        return grey(fromChannel: index)
    }

    /// 8-bit samples; 16-bit ones are divided by 257 and rounded.
    public func convertedTo8Bit() -> PixelImage {
        guard case .uint16(let values) = samples else { return self }
        let narrow = values.map { UInt8((UInt32($0) * 255 + 32_895) >> 16) }
        return replacing(.uint8(narrow))
    }

    /// 16-bit samples; 8-bit ones are multiplied by 257, which `convertedTo8Bit` undoes exactly.
    public func convertedTo16Bit() -> PixelImage {
        guard case .uint8(let values) = samples else { return self }
        return replacing(.uint16(values.map { UInt16($0) * 257 }))
    }

    private func replacing(_ samples: Samples) -> PixelImage {
        PixelImage(trusted: samples, width: width, height: height, channelCount: channelCount)
    }

    private func grey(fromChannel index: Int) -> PixelImage { picking([index]) }

    /// The image whose channels are the given ones of this image.
    private func picking(_ channels: [Int]) -> PixelImage {
        rebuilt(channelCount: channels.count) {
            pick(channels, from: $0, stride: channelCount)
        } uint16: {
            pick(channels, from: $0, stride: channelCount)
        }
    }

    private func rebuilt(
        channelCount: Int,
        uint8: ([UInt8]) -> [UInt8],
        uint16: ([UInt16]) -> [UInt16]
    ) -> PixelImage {
        let rebuilt: Samples =
            switch samples {
            case .uint8(let values): .uint8(uint8(values))
            case .uint16(let values): .uint16(uint16(values))
            }
        return PixelImage(
            trusted: rebuilt,
            width: width,
            height: height,
            channelCount: channelCount
        )
    }
}

private func pick<Sample: FixedWidthInteger>(
    _ channels: [Int],
    from values: [Sample],
    stride step: Int
) -> [Sample] {
    var picked: [Sample] = []
    picked.reserveCapacity(values.count / step * channels.count)
    for pixel in stride(from: 0, to: values.count, by: step) {
        for channel in channels { picked.append(values[pixel + channel]) }
    }
    return picked
}

/// 0.299 R + 0.587 G + 0.114 B in 16-bit fixed point, rounded to nearest.
private func lumas<Sample: FixedWidthInteger>(
    of values: [Sample],
    stride step: Int
) -> [Sample] {
    stride(from: 0, to: values.count, by: step).map { pixel in
        let red = UInt64(values[pixel]) * 19_595
        let green = UInt64(values[pixel + 1]) * 38_470
        let blue = UInt64(values[pixel + 2]) * 7471
        return Sample((red + green + blue + 0x8000) >> 16)
    }
}
