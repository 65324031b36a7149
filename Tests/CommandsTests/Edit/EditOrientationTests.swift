import Imaging
import Testing

/// Left stays left and up stays up in every command.
struct EditOrientationTests {
    let desk: EditingDesk

    init() throws { desk = try EditingDesk() }

    @Test func `inpainting and removal leave mark and slope where they are`() throws {
        let source = try desk.marked()
        let path = try desk.write(source)
        for arguments in [["inpaint", "--prompt", "x"], ["remove", "--candidates", "1"]] {
            let outcome = try desk.edit(
                [arguments[0], path, "--box", "60,50,20,20"] + arguments[1...]
            )
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let result = try PixelImage.read(path: outcome.outputLines[0])
            #expect(result.agrees(with: source) { $0 < 56 || $1 < 46 })
        }
    }

    @Test(arguments: [
        (["--left", "21"], 21, 0, 117, 80), (["--right", "21"], 0, 0, 117, 80),
        (["--up", "13"], 0, 13, 96, 93), (["--down", "13"], 0, 0, 96, 93),
        (["--to", "130x101"], 17, 10, 130, 101),
    ])
    func `outpainting puts the picture where it was asked to`(
        _ arguments: [String],
        _ x: Int,
        _ y: Int,
        _ width: Int,
        _ height: Int
    ) throws {
        let source = try desk.marked()
        let path = try desk.write(source)
        let outcome = try desk.edit(["outpaint", path, "--prompt", "x"] + arguments)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let result = try PixelImage.read(path: outcome.outputLines[0])
        #expect([result.width, result.height] == [width, height] as [Int])
        let place = PixelRectangle(x: x, y: y, width: 96, height: 80)
        #expect(try result.cropped(to: place) == source)
    }

    /// With the autoencoder of radiograph-mini, whose reconstructions show what went in.
    @Test(arguments: ["vary", "restyle"], [(96, 80), (300, 180)])
    func `a whole picture that changes keeps its left, right, up and down`(
        _ command: String,
        _ size: (Int, Int)
    ) throws {
        let (width, height) = size
        let source = try desk.marked(width: width, height: height)
        let outcome = try desk.edit([
            command, try desk.write(source), "--strength", "0", "--prompt", "x",
            "--model", try desk.modelThatReconstructs(), "--size", "256x256",
        ])
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let result = try PixelImage.read(path: outcome.outputLines[0])
        #expect(result.layout == source.layout)
        let (found, expected) = (result.values, source.values)
        /// The mean difference from the source with its columns and rows in that order.
        func difference(_ column: (Int) -> Int, _ row: (Int) -> Int) -> Double {
            let sum = found.indices.reduce(0) { sum, index in
                let (x, y) = (column(index % width), row(index / width))
                return sum + abs(found[index] - expected[y * width + x])
            }
            return Double(sum) / Double(width * height)
        }
        let (mirror, flip) = ({ width - 1 - $0 }, { height - 1 - $0 })
        let upright = difference({ $0 }, { $0 })
        #expect(upright < 6)
        #expect(difference(mirror, { $0 }) > 3 * upright)
        #expect(difference({ $0 }, flip) > 2 * upright)
        #expect(difference(mirror, flip) > 3 * upright)
    }
}
