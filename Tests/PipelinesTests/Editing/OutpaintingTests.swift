import Foundation
import Imaging
@testable import Pipelines
import Schedulers
import TestSupport
import Testing

struct OutpaintingTests {
    private func layout(
        _ width: Int,
        _ height: Int,
        source: PixelRectangle,
        window: Int = 32
    ) -> OutpaintingLayout {
        OutpaintingLayout(
            width: width,
            height: height,
            source: source,
            windowWidth: window,
            windowHeight: window,
            factor: 8
        )
    }

    /// Canvas sizes and sources: in the middle, in a corner, wider than a window, smaller, uneven.
    private static let cases: [(Int, Int, PixelRectangle)] = [
        (96, 160, PixelRectangle(x: 32, y: 64, width: 32, height: 32)),
        (72, 32, PixelRectangle(x: 0, y: 0, width: 32, height: 32)),
        (128, 128, PixelRectangle(x: 24, y: 40, width: 80, height: 48)),
        (64, 64, PixelRectangle(x: 24, y: 24, width: 16, height: 16)),
        (104, 64, PixelRectangle(x: 40, y: 8, width: 37, height: 45)),
        (24, 200, PixelRectangle(x: 0, y: 96, width: 24, height: 30)),
    ]

    @Test(arguments: cases)
    func `windows cover the canvas outward, each over something that is known`(
        width: Int,
        height: Int,
        source: PixelRectangle
    ) {
        let layout = layout(width, height, source: source)
        var isKnown = [Bool](repeating: false, count: width * height)
        func visit(_ area: PixelRectangle, _ body: (Int) -> Void) {
            for y in area.y..<area.y + area.height {
                let start = y * width + area.x
                for index in start..<start + area.width { body(index) }
            }
        }
        visit(source) { isKnown[$0] = true }
        for window in layout.windows {
            #expect(window.fits(width: width, height: height))
            #expect(window.x.isMultiple(of: 8) && window.y.isMultiple(of: 8))
            #expect(window.width == min(32, width) && window.height == min(32, height))
            var (known, count) = (0, 0)
            visit(window) { index in
                known += isKnown[index] ? 1 : 0
                count += 1
            }
            #expect(known * 6 >= count, "\(window) sees too little")
            visit(window) { isKnown[$0] = true }
        }
        #expect(isKnown.allSatisfy { $0 })
        #expect(Set(layout.windows).count == layout.windows.count)
    }

    @Test func `a narrow canvas is covered in a line, nearest windows first`() {
        let source = PixelRectangle(x: 0, y: 64, width: 32, height: 32)
        let layout = layout(32, 128, source: source)
        #expect(layout.overlap == 16)
        #expect(layout.windows.map(\.y) == [48, 80, 32, 96, 16, 0])
    }

    @Test func `borders end where the source lies on both of their sides`() {
        let source = PixelRectangle(x: 16, y: 64, width: 32, height: 32)
        let borders = layout(48, 96, source: source).borders
        func rows(_ y: Int) -> [Int] {
            borders.filter { !$0.isVertical && $0.y == y }.flatMap { [$0.x, $0.length] }
        }
        // Windows at rows 64, 48, 32, 16, 0 and columns 16 and 0: row 80 ends those at 48.
        #expect(rows(80) == [0, 16])
        #expect(Set(rows(64)) == [0, 16, 32])
        #expect(rows(48).count == 4)
        #expect(!borders.contains { $0.isVertical && $0.x == 32 && $0.y + $0.length > 64 })
    }

    @Test func `a source much larger than a window is seen near its border alone`() {
        let source = PixelRectangle(x: 0, y: 0, width: 320, height: 320)
        let layout = layout(320, 336, source: source)
        // Windows of 32 every 16: the one row that is painted, and of the source's those that meet it.
        #expect(Set(layout.windows.map(\.y)) == [304])
        #expect(Set(layout.sourceWindows.map(\.y)) == [288, 304])
        #expect(layout.sourceWindows.count == 38)
    }

    private func canvas(_ engine: TextToImageEngine) async throws -> OutpaintingCanvas {
        let values: [UInt8] = (0..<24 * 20).map { index in
            let column = index % 24
            return UInt8(60 + column * 5)
        }
        let picture = try PixelImage(width: 24, height: 20, grey: values)
        let source = PixelRectangle(x: 16, y: 24, width: 24, height: 20)
        let layout = layout(64, 56, source: source)
        return try await engine.beginCanvas(around: picture, layout)
    }

    private func request(window: Int) -> TextToImageRequest {
        TextToImageRequest(
            prompt: "hand",
            seed: UInt64(window),
            inferenceStepCount: 4,
            guidanceScale: 3,
            width: 32,
            height: 32
        )
    }

    @Test(arguments: ["tiny-radiograph", "tiny-inpainting"])
    func `the source's latents never change and every position is painted`(model: String)
        async throws
    {
        let engine = try TextToImageEngine(modelFolder: Goldens.model(model).path)
        let begun = try await canvas(engine)
        // 24x20 pixels hold three by two whole latent positions; the third row is half a one.
        let sourceCount = begun.contents.filter { $0 == .source }.count
        #expect(sourceCount == 6)
        var canvas = begun
        while !canvas.isFinished {
            let request = request(window: canvas.paintedCount)
            canvas = try await engine.paintNextWindow(of: canvas, request)
        }
        #expect(!canvas.contents.contains(.blank))
        let positions = canvas.contents.count
        for (index, content) in canvas.contents.enumerated() where content == .source {
            for channel in 0..<canvas.latents.channelCount {
                let place = channel * positions + index
                #expect(canvas.latents.values[place] == begun.latents.values[place])
            }
        }
        let picture = try await engine.picture(of: canvas, request(window: 0))
        #expect([picture.width, picture.height, picture.bitDepth] == [64, 56, 16] as [Int])
    }

    @Test func `what is known is continued smoothly into what is blank`() async throws {
        let engine = try TextToImageEngine(modelFolder: Goldens.model("tiny-radiograph").path)
        let canvas = try await canvas(engine)
        let window = canvas.layout.windows[0]
        let part = canvas.positions(of: window)
        let (known, filled) = (canvas.latents.cropped(to: part), canvas.infilled(in: window))
        let size = part.width * part.height
        for channel in 0..<known.channelCount {
            let source = (0..<size).filter { index in
                let (x, y) = (part.x + index % part.width, part.y + index / part.width)
                return canvas.contents[y * canvas.latents.width + x] == .source
            }.map { channel * size + $0 }
            let values = source.map { known.values[$0] }
            let (least, greatest) = (try #require(values.min()), try #require(values.max()))
            for index in channel * size..<(channel + 1) * size {
                // A harmonic function stays within its border's values.
                #expect((least - 1e-4...greatest + 1e-4).contains(filled.values[index]))
            }
            #expect(source.allSatisfy { filled.values[$0] == known.values[$0] })
        }
    }

    @Test func `a canvas goes on from what is painted as if it had never stopped`() async throws {
        let engine = try TextToImageEngine(modelFolder: Goldens.model("tiny-radiograph").path)
        var canvas = try await canvas(engine)
        var middle: OutpaintingCanvas?
        while !canvas.isFinished {
            canvas = try await engine.paintNextWindow(
                of: canvas,
                request(window: canvas.paintedCount)
            )
            if canvas.paintedCount == 3 { middle = canvas }
        }
        let other = try TextToImageEngine(modelFolder: Goldens.model("tiny-radiograph").path)
        let kept = try #require(middle)
        var resumed = OutpaintingCanvas(
            layout: kept.layout,
            latents: kept.latents,
            contents: kept.contents,
            paintedCount: kept.paintedCount
        )
        while !resumed.isFinished {
            resumed = try await other.paintNextWindow(
                of: resumed,
                request(window: resumed.paintedCount)
            )
        }
        #expect(resumed == canvas)
    }
}
