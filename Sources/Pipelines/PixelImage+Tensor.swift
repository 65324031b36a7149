public import Imaging
public import Tensors

extension PixelImage {
    /// The image of an autoencoder's output; halves round to even as in diffusers.
    ///
    /// - Parameters:
    ///   - decoded: float32 `[1, C, H, W]`, -1 for black and 1 for white, with 1 or 3 channels.
    ///   - bitDepth: 8 or 16.
    /// - Throws: `TorchError`, or `ImagingError` for a shape that is no image's.
    public init(decoded: Tensor, bitDepth: Int = 8) throws {
        let peak = Double(1 << bitDepth - 1)
        let levels = try withTorchErrors {
            ((decoded / 2 + 0.5).clamp(min: 0, max: 1) * peak).rounded()
                .permuted([0, 2, 3, 1])  // [1, H, W, C]
        }
        let samples: Samples =
            bitDepth == 8
            ? .uint8(try withTorchErrors { try levels.to(.uint8).bytes() })
            : .uint16(try levels.array().map(UInt16.init))
        try self.init(
            width: decoded.size(3),
            height: decoded.size(2),
            channelCount: decoded.size(1),
            samples: samples
        )
    }

    /// The image as an autoencoder takes it.
    ///
    /// - Parameter channelCount: 1 for grey, 3 for RGB; alpha is dropped.
    /// - Returns: float32 `[1, channelCount, H, W]`, -1 for black and 1 for white.
    /// - Throws: `TorchError`.
    func tensor(channelCount: Int) throws -> Tensor {
        let image = channelCount == 1 ? convertedToGrey() : convertedToRGB()
        let values: [Float] =
            switch image.samples {
            case .uint8(let samples): samples.map(Float.init)
            case .uint16(let samples): samples.map(Float.init)
            }
        return try withTorchErrors {
            Tensor(values, [1, height, width, channelCount]).permuted([0, 3, 1, 2])
                / Double(maximumSample) * 2 - 1
        }
    }
}
