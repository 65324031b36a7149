import Foundation
import Imaging
import Tensors
import Testing

@testable import Training

struct AspectBucketsTests {
    private let samples: SampleImages

    init() throws { samples = try SampleImages() }

    /// The table that training scripts for Stable Diffusion use: multiples of 64, at most 512 squared.
    @Test func `sizes have one area and all shapes between the extremes`() {
        let sizes = AspectBuckets(side: 512, multiple: 64).sizes.map(\.description)
        #expect(
            sizes == [
                "320x768", "320x704", "384x640", "448x576", "512x512", "576x448", "640x384",
                "704x320", "768x320",
            ]
        )
    }

    @Test(arguments: [
        (512, 512, "512x512"), (2_000, 2_100, "512x512"), (1_600, 1_200, "576x448"),
        (1_920, 1_080, "640x384"), (1_000, 3_000, "320x768"), (10_000, 10, "768x320"),
    ])
    func `an image goes to the nearest shape`(width: Int, height: Int, expected: String) {
        let buckets = AspectBuckets(side: 512, multiple: 64)
        #expect("\(buckets.sizes[buckets.nearest(width: width, height: height)])" == expected)
    }

    /// Images of uniform grey, so that cropping and scaling leave their levels.
    private func write(_ sizes: [(Int, Int)]) throws -> [String] {
        try sizes.enumerated().map { index, size in
            let path = "\(samples.folder)/\(index).png"
            let grey = [UInt8](repeating: UInt8(10 * index), count: size.0 * size.1)
            try PixelImage(width: size.0, height: size.1, grey: grey).writePNG(to: path)
            return path
        }
    }

    @Test func `images of a shape lie together, in their order, and are read once`() throws {
        let paths = try write([(64, 64), (128, 64), (60, 62), (64, 120), (200, 100)])
        let cache = "\(samples.folder)/cache.safetensors"
        let sizes = AspectBuckets(side: 64, multiple: 16)
        func read() throws -> [ImageBuckets.Bucket] {
            try ImageBuckets(paths: paths, sizes: sizes, cache: cache).buckets
        }
        let first = try read()
        for path in paths { try FileManager.default.removeItem(atPath: path) }
        for buckets in [first, try read()] {
            #expect(buckets.map(\.size.description) == ["48x80", "64x64", "80x48"])
            #expect(buckets.map(\.indices) == [[3], [0, 2], [1, 4]])
            #expect(
                buckets.map(\.images.pixels.shape) == [
                    [1, 1, 80, 48], [2, 1, 64, 64], [2, 1, 48, 80],
                ]
            )
            let levels = try buckets.map { bucket in
                try bucket.indices.indices.map { row in
                    try Set(bucket.images.pixels.selected(0, row).bytes())
                }
            }
            #expect(levels == [[[30]], [[0], [20]], [[10], [40]]])
            #expect(buckets[2].images.paths == [paths[1], paths[4]])
        }
    }

    @Test func `a wide image keeps its middle`() throws {
        // Columns of 0 to 255: 256x64 cropped to 160x64 begins at column 48.
        let grey = (0..<256 * 64).map { UInt8($0 % 256) }
        let image = try PixelImage(width: 256, height: 64, grey: grey)
        let samples = try image.greyFilling(width: 160, height: 64).byteSamples
        #expect(Array(samples.prefix(160)) == (48..<208).map { UInt8($0) })
    }

    @Test func `parts of the classes together come up as the whole`() throws {
        let classes = ["a", "b", "b", "b", "a", "c", "c", "b", "b", "b"]
        let whole = BalancedSampler(classes: classes, power: 0.5)
        let parts = [[0, 1, 2, 5], [3, 4, 6, 7, 8, 9]]
            .map { BalancedSampler(classes: classes, power: 0.5, within: $0) }
        #expect(abs(parts.reduce(0) { $0 + $1.weight } - whole.weight) < 1e-12)
        // In the first part: one a of two, two b of six, one c of two.
        let weights = [0.5, 2.0 / 3, 0.5].map { $0.squareRoot() }
        let draws = try parts[0].indices(20_000, generator: Generator(seed: 3)).integers()
        let found = [[0], [1, 2], [3]].map { group in
            Double(draws.filter { group.contains(Int($0)) }.count) / 20_000
        }
        for (share, weight) in zip(found, weights) {
            // Standard error at most 0.0035.
            #expect(abs(share - weight / parts[0].weight) < 0.015)
        }
    }
}
