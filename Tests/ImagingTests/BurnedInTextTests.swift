import Imaging
import Testing

/// The pictures are those of `Scripts/make-text-goldens.py`.
struct BurnedInTextTests {
    @Test(arguments: ["top-left", "bottom-right", "on-bright", "on-bar", "two-lines", "large"])
    func `text near a border is found where it is`(name: String) throws {
        let image = try PixelImage.read(path: Goldens.path("text/\(name).png"))
        let lines = try BurnedInText(image).lines
        #expect(!lines.isEmpty)
        // (x, y, width, height) of the drawn text, as Pillow measured it.
        let drawn = try #require(Self.places[name])
        for line in lines {
            let centre = (line.x + line.width / 2, line.y + line.height / 2)
            #expect((drawn.x - 4...drawn.x + drawn.width + 4).contains(centre.0))
            #expect((drawn.y - 4...drawn.y + drawn.height + 4).contains(centre.1))
        }
    }

    @Test(arguments: ["marker", "smooth", "noise", "grid", "middle"])
    func `what is no text near a border is not found`(name: String) throws {
        let image = try PixelImage.read(path: Goldens.path("text/\(name).png"))
        #expect(try BurnedInText(image).lines == [])
    }

    @Test func `the smallest images are searched too`() throws {
        for side in 1...6 {
            let image = try PixelImage(
                width: side,
                height: 7 - side,
                grey: [UInt8](repeating: 255, count: side * (7 - side))
            )
            #expect(try !BurnedInText(image).isFound)
        }
    }

    private static let places: [String: PixelRectangle] = [
        "top-left": PixelRectangle(x: 4, y: 7, width: 119, height: 13),
        "bottom-right": PixelRectangle(x: 120, y: 239, width: 93, height: 10),
        "on-bright": PixelRectangle(x: 6, y: 9, width: 118, height: 10),
        "on-bar": PixelRectangle(x: 90, y: 9, width: 126, height: 10),
        "two-lines": PixelRectangle(x: 4, y: 6, width: 75, height: 28),
        "large": PixelRectangle(x: 20, y: 31, width: 463, height: 46),
        "middle": PixelRectangle(x: 80, y: 123, width: 79, height: 13),
        "marker": PixelRectangle(x: 10, y: 15, width: 17, height: 18),
    ]
}
