import Imaging
import Tensors

/// A set of grey images in memory, those of a shape together.
public struct ImageBuckets {
    /// Images of one size.
    public struct Bucket {
        /// Their size.
        public let size: AspectBuckets.Size
        /// Their positions in the whole set.
        public let indices: [Int]
        /// Their pixels, in the same order.
        public let images: TrainingImages
    }

    /// Those that have images, from the tallest to the widest.
    public let buckets: [Bucket]

    /// Reads each file once into the nearest of `sizes`, or maps the copy that an earlier call left at `cache`.
    ///
    /// - Parameters:
    ///   - paths: image files.
    ///   - sizes: the sizes to choose from.
    ///   - cache: a safetensors file.
    ///   - progress: called with the number of images done.
    /// - Throws: `ImagingError` for the first unreadable file.
    public init(
        paths: [String],
        sizes: AspectBuckets,
        cache: String,
        progress: (Int) -> Void = { _ in }
    ) throws {
        let key = "\(sizes.sizes) \(TrainingImages.fingerprint(of: paths))"
        let saved = try? SafetensorsFile(path: cache)
        let fits = saved?.metadata["key"] == key && saved?.shape(of: "bucket") == [paths.count]
        guard let saved, fits else {
            let read = try Self.read(paths, sizes, progress)
            let positions = Tensor(read.positions, [paths.count])
            try Safetensors.write(
                [("bucket", positions)] + read.pixels.map { ("\(sizes.sizes[$0])", $1) },
                metadata: ["key": key],
                to: cache
            )
            buckets = Self.buckets(paths, sizes, read.positions, read.pixels)
            return
        }
        let positions = try saved.tensor(named: "bucket").integers().map { Int($0) }
        let pixels = try Set(positions).map { bucket in
            (bucket, try saved.tensor(named: "\(sizes.sizes[bucket])"))
        }
        buckets = Self.buckets(paths, sizes, positions, Dictionary(uniqueKeysWithValues: pixels))
    }

    private static func read(
        _ paths: [String],
        _ sizes: AspectBuckets,
        _ progress: (Int) -> Void
    ) throws -> (positions: [Int], pixels: [Int: Tensor]) {
        var positions: [Int] = []
        var bytes: [Int: [UInt8]] = [:]
        for (index, path) in paths.enumerated() {
            let image = try PixelImage.read(path: path)
            let bucket = sizes.nearest(width: image.width, height: image.height)
            let size = sizes.sizes[bucket]
            positions.append(bucket)
            bytes[bucket, default: []] +=
                try image.greyFilling(width: size.width, height: size.height).byteSamples
            progress(index + 1)
        }
        let pixels = bytes.map { bucket, bytes in
            let size = sizes.sizes[bucket]
            let count = bytes.count / (size.width * size.height)
            return (bucket, Tensor(bytes, [count, 1, size.height, size.width]))
        }
        return (positions, Dictionary(uniqueKeysWithValues: pixels))
    }

    private static func buckets(
        _ paths: [String],
        _ sizes: AspectBuckets,
        _ positions: [Int],
        _ pixels: [Int: Tensor]
    ) -> [Bucket] {
        pixels.sorted { $0.key < $1.key }.map { bucket, pixels in
            let indices = positions.indices.filter { positions[$0] == bucket }
            return Bucket(
                size: sizes.sizes[bucket],
                indices: indices,
                images: TrainingImages(pixels: pixels, paths: indices.map { paths[$0] })
            )
        }
    }
}

@available(*, unavailable)
extension ImageBuckets: Sendable {}
