public import Layers
public import Tensors

/// Halves height and width with a strided convolution.
public final class Downsample2D {
    private let conv: Conv2d
    private let isAsymmetric: Bool

    /// Takes `conv`; the autoencoder pads at the right and bottom only, the UNet on all sides.
    public init(_ channels: Int, isAsymmetric: Bool, at path: ParameterPath) throws {
        conv = try Conv2d(
            channels,
            channels,
            kernel: 3,
            stride: 2,
            padding: isAsymmetric ? 0 : 1,
            at: path["conv"]
        )
        self.isAsymmetric = isAsymmetric
    }

    /// `[N, C, H, W]` to `[N, C, H/2, W/2]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        conv(isAsymmetric ? input.padded([0, 1, 0, 1]) : input)
    }
}

/// Doubles height and width by repetition, then smooths with a convolution.
public final class Upsample2D {
    private let conv: Conv2d

    /// Takes `conv`.
    public init(_ channels: Int, at path: ParameterPath) throws {
        conv = try Conv2d(channels, channels, kernel: 3, padding: 1, at: path["conv"])
    }

    /// `[N, C, H, W]` to `[N, C, 2H, 2W]`, or to the given size.
    public func callAsFunction(_ input: Tensor, height: Int? = nil, width: Int? = nil) -> Tensor {
        conv(
            input.upsampledNearest(
                height: height ?? input.size(2) * 2,
                width: width ?? input.size(3) * 2
            )
        )
    }
}
