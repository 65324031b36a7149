import Imaging
public import Tensors

/// A set of grey images of one size in memory, as bytes.
public struct TrainingImages {
    /// `[count, 1, height, width]`, `uint8`.
    public let pixels: Tensor
    /// Where the images were read.
    public let paths: [String]

    /// Images that are in memory already: `pixels` of the shape above, and a name for each.
    public init(pixels: Tensor, paths: [String]) {
        self.pixels = pixels
        self.paths = paths
    }

    /// Reads, centre-crops to a square and resamples the files, or maps the copy that an earlier call left at `cache`.
    ///
    /// - Parameters:
    ///   - paths: image files.
    ///   - side: width and height in pixels.
    ///   - cache: a safetensors file beside which nothing is written when it fits.
    ///   - progress: called with the number of images done.
    /// - Throws: `ImagingError` for the first unreadable file.
    public init(
        paths: [String],
        side: Int,
        cache: String,
        progress: (Int) -> Void = { _ in }
    ) throws {
        self.paths = paths
        let name = "pixels"
        let shape = [paths.count, 1, side, side]
        let fingerprint = Self.fingerprint(of: paths)
        if let file = try? SafetensorsFile(path: cache), file.metadata["paths"] == fingerprint,
            file.shape(of: name) == shape
        {
            pixels = try file.tensor(named: name)
            return
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(shape.reduce(1, *))
        for (index, path) in paths.enumerated() {
            bytes += try PixelImage.read(path: path).squareGrey(side: side).byteSamples
            progress(index + 1)
        }
        pixels = Tensor(bytes, shape)
        try Safetensors.write(
            [(name, pixels)],
            metadata: ["paths": fingerprint],
            to: cache
        )
    }

    /// The number of images.
    public var count: Int { pixels.size(0) }

    /// Images at these positions, `[N, 1, height, width]` in -1...1.
    public func batch(_ indices: Tensor) -> Tensor {
        pixels.gathered(0, at: indices).to(.float32) / 127.5 - 1
    }
}

extension TrainingImages {
    /// A short stand-in for a list of paths (FNV-1a), to tell whether a cache was made from the same list.
    static func fingerprint(of paths: [String]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in paths.joined(separator: "\n").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}

extension PixelImage {
    /// The largest centred part of a shape, as grey of that size in 8 bits.
    func greyFilling(width: Int, height: Int) throws -> PixelImage {
        let across = min(self.width, Int((Double(self.height * width) / Double(height)).rounded()))
        let down = min(self.height, Int((Double(self.width * height) / Double(width)).rounded()))
        let part = PixelRectangle(
            x: (self.width - across) / 2,
            y: (self.height - down) / 2,
            width: max(across, 1),
            height: max(down, 1)
        )
        return try cropped(to: part).convertedToGrey().convertedTo8Bit()
            .resized(width: width, height: height, filter: .bicubic)
    }
}
