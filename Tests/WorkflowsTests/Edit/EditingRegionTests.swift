import Imaging
import Testing

@testable import Workflows

struct EditingRegionTests {
    private let model = ImageSize(width: 64, height: 64)

    private func region(_ box: PixelRectangle?, _ width: Int, _ height: Int) -> EditingRegion {
        EditingRegion(
            around: box,
            pictureWidth: width,
            pictureHeight: height,
            model: model,
            factor: 8
        )
    }

    @Test func `a small mask in a large picture is edited at full resolution`() {
        let region = region(PixelRectangle(x: 500, y: 300, width: 20, height: 10), 1000, 800)
        #expect(region.crop == PixelRectangle(x: 478, y: 273, width: 64, height: 64))
        #expect([region.width, region.height] == [64, 64] as [Int])
    }

    @Test func `a crop stays within the picture`() {
        let region = region(PixelRectangle(x: 990, y: 0, width: 10, height: 10), 1000, 800)
        #expect(region.crop == PixelRectangle(x: 936, y: 0, width: 64, height: 64))
    }

    @Test func `a large mask is seen with half of its side around it, in the model's area`() {
        let region = region(PixelRectangle(x: 300, y: 300, width: 128, height: 128), 1000, 800)
        #expect(region.crop == PixelRectangle(x: 236, y: 236, width: 256, height: 256))
        #expect([region.width, region.height] == [64, 64] as [Int])
    }

    @Test func `a small or narrow picture is seen as a whole, in its own shape`() {
        let small = region(PixelRectangle(x: 3, y: 3, width: 5, height: 5), 32, 32)
        #expect(small.crop == PixelRectangle(x: 0, y: 0, width: 32, height: 32))
        #expect([small.width, small.height] == [64, 64] as [Int])
        let narrow = region(nil, 200, 50)
        #expect(narrow.crop == PixelRectangle(x: 0, y: 0, width: 200, height: 50))
        #expect([narrow.width, narrow.height] == [128, 32] as [Int])
    }

    @Test func `a mask at the size of work covers every masked pixel in whole blocks`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            let side = Int.random(in: 24...200, using: &random)
            var mask = try PixelMask(width: side, height: side)
            let (x, y) = (Int.random(in: 0..<side), Int.random(in: 0..<side))
            mask[x, y] = true
            let region = region(mask.boundingBox, side, side)
            let small = try region.mask(mask, factor: 8)
            #expect(small == small.coveringBlocks(of: 8))
            let place = (x - region.crop.x, y - region.crop.y)
            #expect(
                small[
                    place.0 * region.width / region.crop.width,
                    place.1 * region.height / region.crop.height
                ],
                "pixel \(x),\(y) of side \(side)"
            )
            #expect(small.count < region.width * region.height)
        }
    }
}
