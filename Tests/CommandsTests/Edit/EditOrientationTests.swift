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
}
