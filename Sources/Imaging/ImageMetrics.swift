import Glibc

/// How alike two images are.
public enum ImageMetrics {
    /// The peak signal-to-noise ratio in dB; infinite for equal images.
    ///
    /// The peak is the largest value of the bit depth, 255 or 65535.
    /// - Throws: `ImagingError.mismatch` where the layouts differ.
    public static func psnr(
        _ image: PixelImage,
        _ reference: PixelImage
    ) throws(ImagingError) -> Double {
        guard image.layout == reference.layout else {
            throw .mismatch(image.layout, reference.layout)
        }
        let squares = zip(image.values, reference.values).reduce(0) { sum, pair in
            sum + (pair.0 - pair.1) * (pair.0 - pair.1)
        }
        let meanSquare = squares / Double(image.samples.count)
        let peak = Double(image.maximumSample)
        return 10 * log10(peak * peak / meanSquare)
    }

    /// The mean structural similarity of two grey images, 1 for equal ones.
    ///
    /// Wang et al. 2004: an 11x11 Gaussian window of sigma 1.5, K1 = 0.01, K2 = 0.03, averaged
    /// over the places where the window fits.
    /// - Throws: `ImagingError.mismatch`, `.notGrey`, or `.tooSmall` under 11 pixels a side.
    public static func ssim(
        _ image: PixelImage,
        _ reference: PixelImage
    ) throws(ImagingError) -> Double {
        guard image.layout == reference.layout else {
            throw .mismatch(image.layout, reference.layout)
        }
        guard image.channelCount == 1 else { throw .notGrey(channelCount: image.channelCount) }
        let (width, height) = (image.width, image.height)
        guard min(width, height) >= window.count else {
            throw .tooSmall(width: width, height: height, minimum: window.count)
        }
        func local(_ values: [Double]) -> [Double] {
            blurred(values, width: width, height: height)
        }
        let (x, y) = (image.values, reference.values)
        let (meanX, meanY) = (local(x), local(y))
        let squareX = local(x.map { $0 * $0 })
        let squareY = local(y.map { $0 * $0 })
        let product = local(zip(x, y).map { $0 * $1 })

        let peak = Double(image.maximumSample)
        let (c1, c2) = ((0.01 * peak) * (0.01 * peak), (0.03 * peak) * (0.03 * peak))
        var total = 0.0
        for index in meanX.indices {
            let (muX, muY) = (meanX[index], meanY[index])
            let variances = squareX[index] - muX * muX + squareY[index] - muY * muY
            let covariance = product[index] - muX * muY
            total +=
                (2 * muX * muY + c1) * (2 * covariance + c2)
                / ((muX * muX + muY * muY + c1) * (variances + c2))
        }
        return total / Double(meanX.count)
    }

    /// The Gaussian of sigma 1.5 at -5...5, summing to 1.
    private static let window: [Double] = {
        let values = (-5...5).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
        let sum = values.reduce(0, +)
        return values.map { $0 / sum }
    }()

    /// The window's mean at every place where it fits, columns first, then rows.
    private static func blurred(_ values: [Double], width: Int, height: Int) -> [Double] {
        let newWidth = width - window.count + 1
        let newHeight = height - window.count + 1
        var rows = [Double](repeating: 0, count: newWidth * height)
        for y in 0..<height {
            for (tap, weight) in window.enumerated() {
                for x in 0..<newWidth {
                    rows[y * newWidth + x] += weight * values[y * width + x + tap]
                }
            }
        }
        var result = [Double](repeating: 0, count: newWidth * newHeight)
        for y in 0..<newHeight {
            for (tap, weight) in window.enumerated() {
                for x in 0..<newWidth {
                    result[y * newWidth + x] += weight * rows[(y + tap) * newWidth + x]
                }
            }
        }
        return result
    }
}

extension PixelImage {
    fileprivate var values: [Double] {
        switch samples {
        case .uint8(let values): values.map(Double.init)
        case .uint16(let values): values.map(Double.init)
        }
    }
}
