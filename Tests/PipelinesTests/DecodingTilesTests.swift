import Foundation
import Imaging
import Pipelines
import Tensors
import TestSupport
import Testing

/// Decoding in tiles against decoding at once.
struct DecodingTilesTests {
    private func pipeline() throws -> StableDiffusionPipeline {
        let folder = Goldens.model("tiny-radiograph").path
        return try StableDiffusionPipeline(
            PipelineConfiguration(modelFolder: folder),
            dtype: .float32,
            device: .cpu
        )
    }

    private func latents(height: Int, width: Int) throws -> Tensor {
        try withTorchErrors { .randn([1, 16, height, width], generator: Generator(seed: 3)) }
    }

    @Test func `one tile is the whole`() throws {
        let latents = try latents(height: 16, width: 16)
        let tiling = DecodingTiles(wholePixelCount: 0, tileSide: 128, overlap: 32)
        let whole = try pipeline().decode(latents)
        #expect(try pipeline().decode(latents, tiling: tiling) == whole)
        #expect(whole.count == 1 && whole[0] != nil)
    }

    /// A decoder that looks at the positions to the left and right, and sees zeros beyond a tile.
    private func blurred(_ latents: Tensor) -> Tensor {
        let image = latents.repeated(8, axis: 2).repeated(8, axis: 3).padded([1, 1])
        let width = image.size(3)
        return (image.sliced(3, to: width - 2) + image.sliced(3, from: 2)) / 2
    }

    @Test(arguments: [(24, 24), (8, 40), (44, 20), (17, 33)])
    func `tiles of a local decoder join without a seam`(height: Int, width: Int) throws {
        let tiling = DecodingTiles(wholePixelCount: 0, tileSide: 128, overlap: 64)
        try withTorchErrors {
            let latents = Tensor.rand([2, 3, height, width], generator: Generator(seed: 5))
            let enlarged = latents.repeated(8, axis: 2).repeated(8, axis: 3)
            var tileCount = 0
            let tiled = tiling.decode(latents, factor: 8) { tile in
                tileCount += 1
                #expect(tile.size(2) <= 16 && tile.size(3) <= 16)
                return tile.repeated(8, axis: 2).repeated(8, axis: 3)
            }
            #expect(tileCount > 1)
            try expectClose(tiled, enlarged, atol: 1e-6)
            // A tile's outermost pixel, which lacks a neighbour, weighs 1/64.
            try expectClose(
                tiling.decode(latents, factor: 8, with: blurred),
                blurred(latents),
                atol: 0.5 / 64
            )
        }
    }

    @Test func `where one tile lies alone, its pixels are as decoded from it alone`() throws {
        let pipeline = try pipeline()
        let latents = try latents(height: 40, width: 24)
        let corner = try withTorchErrors { latents.sliced(2, to: 20).sliced(3, to: 20) }
        let tiling = DecodingTiles(wholePixelCount: 0, tileSide: 160, overlap: 64)
        let tiled = try #require(try pipeline.decode(latents, tiling: tiling).first ?? nil)
        let alone = try #require(try pipeline.decode(corner).first ?? nil)
        #expect(tiled.width == 192 && tiled.height == 320)
        // The next tiles begin at row 12 and column 4 of the latents.
        for row in 0..<96 {
            #expect(
                tiled.bytes[(row * 192)..<(row * 192 + 32)]
                    == alone.bytes[(row * 160)..<(row * 160 + 32)]
            )
        }
    }

    @Test func `tiles that reach nothing wanted are not decoded, the others are as ever`() throws {
        var tiling = DecodingTiles(wholePixelCount: 0, tileSide: 128, overlap: 64)
        try withTorchErrors {
            let latents = Tensor.rand([1, 3, 64, 40], generator: Generator(seed: 5))
            var counts: [Int] = []
            let images = [nil, [PixelRectangle(x: 0, y: 300, width: 40, height: 20)]].map {
                wanted in
                tiling.wanted = wanted
                counts.append(0)
                return tiling.decode(latents, factor: 8) { tile in
                    counts[counts.count - 1] += 1
                    return blurred(tile)
                }
            }
            // Seven rows of four tiles; rows 3 and 4 hold pixels 300 to 319, the first column 0 to 39.
            #expect(counts == [28, 2])
            func part(_ image: Tensor) -> Tensor {
                image.sliced(2, from: 300, to: 320).sliced(3, to: 40)
            }
            try expectClose(part(images[1]), part(images[0]), atol: 0)
            try expectClose(images[1].sliced(2, to: 128), .zeros([1, 3, 128, 320]), atol: 0)
        }
    }
}
