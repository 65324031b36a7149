import Imaging
import Testing

struct ContactSheetTests {
    private func grey(_ width: Int, _ height: Int, _ sample: Int) throws -> PixelImage {
        try PixelImage(
            width: width,
            height: height,
            channelCount: 1,
            bitDepth: 8,
            filledWith: sample
        )
    }

    @Test func `pictures stand in reading order, centred in equal cells`() throws {
        let cells = [
            ContactSheet.Cell(image: try grey(40, 30, 100), caption: ""),
            ContactSheet.Cell(image: try grey(20, 30, 150), caption: ""),
            ContactSheet.Cell(image: try grey(40, 10, 200), caption: ""),
        ]
        let sheet = try ContactSheet(cells: cells, columnCount: 2).image()
        // Two columns of 40 and two rows of 30, with gaps of 4 around them.
        #expect((sheet.width, sheet.height) == (92, 72))
        let places = [
            (100, PixelRectangle(x: 4, y: 4, width: 40, height: 30)),
            (150, PixelRectangle(x: 58, y: 4, width: 20, height: 30)),
            (200, PixelRectangle(x: 4, y: 48, width: 40, height: 10)),
        ]
        for (sample, place) in places {
            #expect(try sheet.cropped(to: place).values.allSatisfy { $0 == sample })
            #expect(sheet.values.count { $0 == sample } == place.width * place.height)
        }
    }

    @Test func `captions are drawn under their picture and nowhere else`() throws {
        let cell = ContactSheet.Cell(image: try grey(40, 30, 0), caption: "I")
        let sheet = try ContactSheet(cells: [cell], columnCount: 1).image()
        let glyph = try sheet.cropped(to: PixelRectangle(x: 4, y: 38, width: 5, height: 8))
        let drawn = glyph.values.map { $0 > 128 ? "#" : "." }.joined()
        #expect(drawn == ".###." + String(repeating: "..#..", count: 5) + ".###." + ".....")
        #expect(sheet.values.count { $0 > 128 } == 11)
    }

    @Test func `characters beyond ASCII become question marks`() throws {
        func sheet(_ caption: String) throws -> PixelImage {
            let cell = ContactSheet.Cell(image: try grey(60, 10, 0), caption: caption)
            return try ContactSheet(cells: [cell], columnCount: 1).image()
        }
        #expect(try sheet("手é 🦴\u{7}") == sheet("?? ??"))
        #expect(try sheet("??") != sheet("?!"))
    }

    @Test func `long captions wrap at words and end in dots`() throws {
        func height(_ caption: String) throws -> Int {
            let cell = ContactSheet.Cell(image: try grey(60, 10, 0), caption: caption)
            return try ContactSheet(cells: [cell], columnCount: 1).image().height
        }
        // Ten characters a line, three lines at most.
        let heights = try ["", "0123456789", "01234 56789", "a b c d e f g h i j k", "long word"]
            .map { try height($0) }
        #expect(heights == [18, 32, 42, 52, 32])
        #expect(try height(String(repeating: "word ", count: 500)) == 52)
    }

    @Test func `one colour picture makes a colour sheet`() throws {
        let colour = try PixelImage(
            width: 2,
            height: 1,
            channelCount: 4,
            samples: .uint16([65_535, 0, 0, 9, 0, 65_535, 0, 9])
        )
        let cells = [
            ContactSheet.Cell(image: colour, caption: ""),
            ContactSheet.Cell(image: try grey(2, 1, 77), caption: ""),
        ]
        let sheet = try ContactSheet(cells: cells, columnCount: 5).image()
        #expect(sheet.channelCount == 3 && sheet.bitDepth == 8)
        let row = try sheet.cropped(to: PixelRectangle(x: 4, y: 4, width: 8, height: 1))
        #expect(row.values.prefix(6) == [255, 0, 0, 0, 255, 0])
        #expect(row.values.suffix(6) == [77, 77, 77, 77, 77, 77])
    }

    @Test func `a sheet of nothing is refused`() {
        #expect(throws: ImagingError.emptySheet(imageCount: 0, columnCount: 3)) {
            try ContactSheet(cells: [], columnCount: 3).image()
        }
    }
}
