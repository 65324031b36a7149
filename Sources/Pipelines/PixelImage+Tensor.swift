public import Imaging
public import Tensors

extension PixelImage {
    /// The 8-bit image of an autoencoder's output; halves round to even as in diffusers.
    ///
    /// - Parameter decoded: float32 `[1, C, H, W]`, -1 for black and 1 for white, with 1 or 3
    ///   channels.
    /// - Throws: `TorchError`, or `ImagingError` for a shape that is no image's.
    public init(decoded: Tensor) throws {
        let bytes = try withTorchErrors {
            try ((decoded / 2 + 0.5).clamp(min: 0, max: 1) * 255).rounded()
                .permuted([0, 2, 3, 1])  // [1, H, W, C]
                .to(.uint8).bytes()
        }
        try self.init(
            width: decoded.size(3),
            height: decoded.size(2),
            channelCount: decoded.size(1),
            samples: .uint8(bytes)
        )
    }
}
