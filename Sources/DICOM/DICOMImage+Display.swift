public import Imaging

extension DICOMImage {
    /// The image as it is looked at: 16-bit grey, or RGB in its own depth.
    ///
    /// Modality LUT, then VOI LUT, then MONOCHROME1 inverted; pixels are made square by enlarging the
    /// coarser axis. Nothing is flipped or turned.
    /// - Parameter window: the transformation to use; without one the file's first, and without
    ///   any the full range.
    /// - Returns: an image of one or three channels.
    /// - Throws: `DICOMError`.
    public func displayed(window: VOITransform? = nil) throws(DICOMError) -> PixelImage {
        let image =
            description.photometricInterpretation.isGrey
            ? try greyDisplayed(window ?? voiTransforms.first ?? fullRange) : try colorDisplayed()
        return try withSquarePixels(image)
    }

    /// The grey of a brightness from 0 to 1 in 16 bits.
    private func greyDisplayed(_ window: VOITransform) throws(DICOMError) -> PixelImage {
        let isInverted = description.photometricInterpretation == .monochrome1
        func sample(_ stored: Int) -> UInt16 {
            let brightness = window(modalityTransform(stored))
            return UInt16(((isInverted ? 1 - brightness : brightness) * 65_535).rounded())
        }
        // At most 65,536 different values: each is transformed once.
        let range = description.storableRange
        let table = range.map(sample)
        let samples = stored.map { table[$0 - range.lowerBound] }
        return try image(channelCount: 1, .uint16(samples))
    }

    private func colorDisplayed() throws(DICOMError) -> PixelImage {
        switch description.photometricInterpretation {
        case .paletteColor:
            let samples = stored.map { paletteColor($0) }.joined()
                .map { UInt8(($0 * 255).rounded()) }
            return try image(channelCount: 3, .uint8(samples))
        case .ybrFull, .ybrFull422:
            return try image(channelCount: 3, .uint8(rgbFromYBR()))
        default:
            let unusedBits = description.bitsAllocated - description.bitsStored
            return description.bitsAllocated == 8
                ? try image(
                    channelCount: 3,
                    .uint8(stored.map { UInt8(truncatingIfNeeded: $0 << unusedBits) })
                )
                : try image(
                    channelCount: 3,
                    .uint16(stored.map { UInt16(truncatingIfNeeded: $0 << unusedBits) })
                )
        }
    }

    /// PS3.3 C.7.6.3.1.2 in reverse: full-range ITU-R BT.601 of 8 bits.
    private func rgbFromYBR() -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(stored.values.count)
        for pixel in stride(from: 0, to: stored.values.count, by: 3) {
            let luminance = Double(stored[pixel])
            let (blue, red) = (Double(stored[pixel + 1] - 128), Double(stored[pixel + 2] - 128))
            for value in [
                luminance + 1.402 * red,
                luminance - (0.114 * 1.772 * blue + 0.299 * 1.402 * red) / 0.587,
                luminance + 1.772 * blue,
            ] {
                result.append(UInt8(clamping: Int(value.rounded())))
            }
        }
        return result
    }

    private func image(
        channelCount: Int,
        _ samples: PixelImage.Samples
    ) throws(DICOMError) -> PixelImage {
        do throws(ImagingError) {
            return try PixelImage(
                width: description.width,
                height: description.height,
                channelCount: channelCount,
                samples: samples
            )
        } catch { throw .file(error) }
    }

    private func withSquarePixels(_ image: PixelImage) throws(DICOMError) -> PixelImage {
        // Spacings are rounded decimals; below half a percent the difference is no shape.
        guard abs(pixelAspect - 1) > 0.005, (1.0 / 16...16).contains(pixelAspect) else {
            return image
        }
        let height = Double(image.height) * max(pixelAspect, 1)
        let width = Double(image.width) / min(pixelAspect, 1)
        do throws(ImagingError) {
            return try image.resized(width: Int(width.rounded()), height: Int(height.rounded()))
        } catch { throw .file(error) }
    }
}
