extension PixelImage {
    /// The image at another size, antialiased when it shrinks.
    ///
    /// Equal to Pillow 13's `Image.resize` for 8-bit images: one axis, then the other, rounded in
    /// between; colour weighted by alpha.
    /// - Throws: `ImagingError.invalidSize`.
    public func resized(
        width newWidth: Int,
        height newHeight: Int,
        filter: ResamplingFilter = .lanczos
    ) throws(ImagingError) -> PixelImage {
        // The larger of the two passes must be countable as well.
        _ = try Self.sampleCount(newWidth, max(height, newHeight), channelCount)
        guard newWidth != width || newHeight != height else { return self }
        var result = self
        if hasAlpha { result.update(uint8: premultiply, uint16: premultiply) }
        // Columns go first where that leaves much less to do, as in Pillow, so that both round alike.
        if newHeight < height && height - newHeight > 2 * (width - newWidth) {
            result = result.resampled(toHeight: newHeight, filter)
            result = result.resampled(toWidth: newWidth, filter)
        } else {
            result = result.resampled(toWidth: newWidth, filter)
            result = result.resampled(toHeight: newHeight, filter)
        }
        if hasAlpha { result.update(uint8: unpremultiply, uint16: unpremultiply) }
        return result
    }

    private func resampled(toWidth newWidth: Int, _ filter: ResamplingFilter) -> PixelImage {
        guard newWidth != width else { return self }
        let windows = ResamplingWindow.windows(from: width, to: newWidth, filter: filter)
        let count = channelCount
        let resampled: Samples =
            switch samples {
            case .uint8(let values):
                .uint8(resampleRows(values, rowCount: height, channelCount: count, windows))
            case .uint16(let values):
                .uint16(resampleRows(values, rowCount: height, channelCount: count, windows))
            }
        return PixelImage(trusted: resampled, width: newWidth, height: height, channelCount: count)
    }

    private func resampled(toHeight newHeight: Int, _ filter: ResamplingFilter) -> PixelImage {
        guard newHeight != height else { return self }
        let windows = ResamplingWindow.windows(from: height, to: newHeight, filter: filter)
        let resampled: Samples =
            switch samples {
            case .uint8(let values):
                .uint8(blendRows(values, sampleCount: width * channelCount, windows))
            case .uint16(let values):
                .uint16(blendRows(values, sampleCount: width * channelCount, windows))
            }
        return PixelImage(
            trusted: resampled,
            width: width,
            height: newHeight,
            channelCount: channelCount
        )
    }

    private func premultiply<Sample: FixedWidthInteger>(_ values: inout [Sample]) {
        let one = UInt64(Sample.max)
        forEachColor(&values) { color, alpha in
            color = Sample((UInt64(color) * UInt64(alpha) + one / 2) / one)
        }
    }

    private func unpremultiply<Sample: FixedWidthInteger>(_ values: inout [Sample]) {
        let one = UInt64(Sample.max)
        forEachColor(&values) { color, alpha in
            if alpha != 0 { color = Sample(min(UInt64(color) * one / UInt64(alpha), one)) }
        }
    }

    private func forEachColor<Sample>(
        _ values: inout [Sample],
        _ change: (_ color: inout Sample, _ alpha: Sample) -> Void
    ) {
        for pixel in stride(from: 0, to: values.count, by: channelCount) {
            let alpha = values[pixel + channelCount - 1]
            for channel in pixel..<pixel + channelCount - 1 { change(&values[channel], alpha) }
        }
    }
}

/// Resamples every row; each pixel of a row mixes its window's pixels.
private func resampleRows<Sample: FixedWidthInteger>(
    _ values: [Sample],
    rowCount: Int,
    channelCount: Int,
    _ windows: [ResamplingWindow]
) -> [Sample] {
    var result: [Sample] = []
    result.reserveCapacity(rowCount * windows.count * channelCount)
    let rowLength = values.count / rowCount
    for row in 0..<rowCount {
        for window in windows {
            let start = row * rowLength + window.start * channelCount
            for channel in start..<start + channelCount {
                var sum = roundingHalf
                var index = channel
                for weight in window.weights {
                    sum += weight * Int64(values[index])
                    index += channelCount
                }
                result.append(Sample(clamping: sum >> ResamplingWindow.fractionBits))
            }
        }
    }
    return result
}

/// Makes every new row a mixture of its window's rows.
private func blendRows<Sample: FixedWidthInteger>(
    _ values: [Sample],
    sampleCount: Int,
    _ windows: [ResamplingWindow]
) -> [Sample] {
    var result: [Sample] = []
    result.reserveCapacity(sampleCount * windows.count)
    var sums = [Int64](repeating: 0, count: sampleCount)
    for window in windows {
        for index in sums.indices { sums[index] = roundingHalf }
        for (row, weight) in zip(window.start..., window.weights) {
            let start = row * sampleCount
            for index in sums.indices { sums[index] += weight * Int64(values[start + index]) }
        }
        for sum in sums { result.append(Sample(clamping: sum >> ResamplingWindow.fractionBits)) }
    }
    return result
}

private let roundingHalf: Int64 = 1 << (ResamplingWindow.fractionBits - 1)
