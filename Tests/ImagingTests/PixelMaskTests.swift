import Imaging
import Testing

struct PixelMaskTests {
    /// A mask drawn with # for what is repainted.
    private func mask(_ rows: String...) throws -> PixelMask {
        var mask = try PixelMask(width: rows[0].count, height: rows.count)
        for (y, row) in rows.enumerated() {
            for (x, character) in row.enumerated() { mask[x, y] = character == "#" }
        }
        return mask
    }

    @Test func `white is repainted, from half of the full scale on`() throws {
        let image = try PixelImage(width: 4, height: 1, grey: [0, 127, 128, 255])
        let reading = PixelMask.reading(image)
        #expect(try reading.mask == mask("..##"))
        #expect(reading.ambiguousCount == 2)
        let wide = try PixelImage(
            width: 4,
            height: 1,
            channelCount: 1,
            samples: .uint16([0, 0x7FFF, 0x8000, 0xFFFF])
        )
        #expect(try PixelMask.reading(wide).mask == mask("..##"))
    }

    @Test func `with an alpha channel, what is transparent is repainted`() throws {
        let image = try PixelImage(
            width: 4,
            height: 1,
            channelCount: 2,
            samples: .uint8([255, 0, 255, 127, 0, 128, 0, 255])
        )
        let reading = PixelMask.reading(image)
        #expect(try reading.mask == mask("##.."))
        #expect(reading.ambiguousCount == 2)
    }

    @Test func `a mask and its picture are the same`() throws {
        let mask = try mask(".#.", "##.")
        #expect(PixelMask.reading(mask.image).mask == mask)
        #expect(mask.bytes == [0, 255, 0, 255, 255, 0])
        #expect(mask.count == 3)
    }

    @Test func `a rectangle covers its pixels and no others`() throws {
        var found = try PixelMask(width: 5, height: 3)
        try found.add(PixelRectangle(x: 1, y: 1, width: 3, height: 2))
        #expect(try found == mask(".....", ".###.", ".###."))
        #expect(found.boundingBox == PixelRectangle(x: 1, y: 1, width: 3, height: 2))
        #expect(try PixelMask(width: 5, height: 3).boundingBox == nil)
    }

    @Test func `a polygon covers the pixels whose centres it holds`() throws {
        var square = try PixelMask(width: 5, height: 4)
        try square.add(
            polygon: [(1, 1), (4, 1), (4, 3), (1, 3)].map { PixelPoint(x: $0.0, y: $0.1) }
        )
        #expect(try square == mask(".....", ".###.", ".###.", "....."))
        var triangle = try PixelMask(width: 4, height: 4)
        try triangle.add(polygon: [(0, 0), (4, 4), (0, 4)].map { PixelPoint(x: $0.0, y: $0.1) })
        // A centre on the left side belongs to the polygon, one on the right side does not.
        #expect(try triangle == mask("....", "#...", "##..", "###."))
    }

    /// The even-odd rule of a five-pointed star leaves its middle out.
    @Test func `where a polygon overlaps itself it does not paint`() throws {
        var star = try PixelMask(width: 40, height: 40)
        try star.add(
            polygon: [(20, 0), (32, 38), (0, 14), (40, 14), (8, 38)]
                .map { PixelPoint(x: $0.0, y: $0.1) }
        )
        #expect(!star[20, 22])
        #expect(star[20, 5])
        #expect(star[5, 15])
    }

    @Test func `shapes that leave the picture are refused`() throws {
        var mask = try PixelMask(width: 8, height: 8)
        let box = PixelRectangle(x: 4, y: 4, width: 5, height: 1)
        #expect(throws: ImagingError.outOfBounds(box, width: 8, height: 8)) { try mask.add(box) }
        #expect(throws: ImagingError.self) {
            try mask.add(polygon: [(0, 0), (9, 0), (0, 4)].map { PixelPoint(x: $0.0, y: $0.1) })
        }
        #expect(throws: ImagingError.self) {
            try mask.add(polygon: [PixelPoint(x: 0, y: 0), PixelPoint(x: 1, y: 1)])
        }
        #expect(mask.boundingBox == nil)
    }

    /// Compared with the distance to each pixel in turn.
    @Test func `dilation is by a disc`() throws {
        var random = SplitMix(state: 3)
        for _ in 0..<30 {
            let (width, height) = (
                Int.random(in: 1...12, using: &random), Int.random(in: 1...12, using: &random)
            )
            var mask = try PixelMask(width: width, height: height)
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                mask[
                    .random(in: 0..<width, using: &random),
                    .random(in: 0..<height, using: &random)
                ] =
                    true
            }
            let radius = Double.random(in: 0...4, using: &random)
            let dilated = mask.dilated(by: radius)
            for index in 0..<width * height {
                let (x, y) = (index % width, index / width)
                let isNear = (0..<width * height).contains { other in
                    let (dx, dy) = (x - other % width, y - other / width)
                    return mask.isRepainted[other] && Double(dx * dx + dy * dy) <= radius * radius
                }
                #expect(dilated[x, y] == isNear)
            }
        }
    }

    @Test func `blocks that the mask touches become whole`() throws {
        let mask = try mask(".....", ".....", "..#..", ".....", "....#")
        #expect(
            try mask.coveringBlocks(of: 2)
                == self.mask(".....", ".....", "..##.", "..##.", "....#")
        )
    }
}
