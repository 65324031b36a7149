import Foundation
import Imaging
import TestSupport
import Testing

/// Bad input is one clear line, or done right; nothing is written in between.
struct EditFailureTests {
    let desk: EditingDesk
    private let source: String

    init() throws {
        desk = try EditingDesk()
        source = try desk.write(desk.marked())
    }

    private func expect(
        _ arguments: [String],
        exitCode: Int32,
        _ words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try desk.edit(arguments)
        #expect(outcome.exitCode == exitCode, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        #expect(
            outcome.errors.split(separator: "\n").count { $0.contains("error: ") } == 1,
            "\(outcome.errors)",
            sourceLocation: sourceLocation
        )
        #expect(try desk.written().isEmpty, sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        (["--box", "90,0,10,10"], "10x10 at 90,0 is empty or leaves the image of 96x80 pixels"),
        (["--box", "0,0,0,5"], "0x5 at 0,0 is empty"),
        (["--box", "-1,0,5,5"], "at -1,0"),
        (["--box", "0,0,96,80"], "the mask keeps nothing"),
        (["--polygon", "0,0 200,0 0,50"], "its corner 200.0,0.0 lies outside of 96x80 pixels"),
        (["--polygon", "1,1 2,2"], "2 of at least 3 corners"),
        (["--polygon", "1,1 2,2 3,3"], "the mask repaints nothing"),
        ([], "nothing says what to repaint"),
        (["--box", "1,1,9,9", "--strength", "1.5"], "a strength of 1.5 cannot be"),
        (["--box", "1,1,9,9", "--strength", "0.1"], "repainting needs at least one step"),
        (["--box", "1,1,9,9", "-n", "0"], "0 images"),
        (["--box", "1,1,9,9", "--size", "60x64"], "multiples of 8"),
        (["--box", "1,1,9,9", "--scheduler", "dim"], "did you mean \"ddim\""),
    ])
    func `an impossible inpainting is one clear line and code 64`(
        _ arguments: [String],
        _ words: String
    ) throws {
        try expect(["inpaint", source, "--prompt", "x"] + arguments, exitCode: 64, words)
    }

    @Test func `masks of another size, empty and full are refused`() throws {
        let other = try desk.write(
            PixelImage(width: 95, height: 80, channelCount: 1, bitDepth: 8),
            "o.png"
        )
        let black = try desk.write(
            PixelImage(width: 96, height: 80, channelCount: 1, bitDepth: 8),
            "b.png"
        )
        let white = try desk.write(
            PixelImage(width: 96, height: 80, channelCount: 3, bitDepth: 16, filledWith: 65_535),
            "w.png"
        )
        let cases = [
            (other, "the mask has 95x80 pixels and the picture 96x80"),
            (black, "the mask repaints nothing"), (white, "the mask keeps nothing"),
        ]
        for (mask, words) in cases {
            try expect(["inpaint", source, "--prompt", "x", "--mask", mask], exitCode: 64, words)
        }
    }

    @Test func `a mask that is not binary is cut at half of the full scale, and that is said`()
        throws
    {
        let grey = (0..<96 * 80).map { UInt8($0 % 96 < 48 ? 100 : 180) }
        let mask = try desk.write(PixelImage(width: 96, height: 80, grey: grey), "mask.png")
        let outcome = try desk.edit("inpaint", source, "--prompt", "x", "--mask", mask)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("7680 pixels of the mask are neither black nor white"))
        let result = try PixelImage.read(path: outcome.outputLines[0])
        #expect(result.agrees(with: try desk.marked()) { x, _ in x < 48 })
    }

    @Test func `pictures that cannot be read are refused with the reason`() throws {
        func path(_ name: String) -> String { "\(desk.folder.path)/\(name)" }
        func write(_ bytes: [UInt8], _ name: String) throws -> String {
            try Data(bytes).write(to: URL(filePath: path(name)))
            return path(name)
        }
        let whole = try desk.marked().encodedPNG()
        var bomb = whole
        bomb.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
        let jpeg = try Data(contentsOf: URL(filePath: Self.golden("ycbcr420.jpg")))
        let cases: [(String, Int32, String)] = [
            (try write(Array(whole.dropLast(20)), "cut.png"), 65, "truncated"),
            (try write(Array(jpeg.dropLast(100)), "cut.jpg"), 65, "truncated"),
            (try write(bomb, "bomb.png"), 65, "60000x60000 pixels are too many"),
            (try write([], "empty.png"), 65, "the file is empty"),
            (try write(Array("GIF89a".utf8), "other.png"), 65, "neither PNG nor JPEG"),
            (path("nowhere.png"), 66, "nowhere.png"),
            (desk.folder.path, 66, "cannot open"),
            (
                try desk.write(
                    PixelImage(width: 15, height: 90, channelCount: 1, bitDepth: 8),
                    "s.png"
                ),
                64, "15x90 pixels; each side needs at least 16"
            ),
        ]
        for (file, code, words) in cases {
            try expect(["vary", file], exitCode: code, words)
        }
    }

    /// Interlaced, palette, progressive, CMYK, 16-bit with alpha, a colour profile, turned by EXIF.
    @Test(arguments: [
        "grey4-interlaced.png", "palette8-transparent-interlaced.png",
        "channels4-16bit-interlaced.png",
        "gamma-and-profile.png", "ycbcr420-progressive.jpg", "cmyk.jpg", "ycck.jpg",
        "orientation6.jpg", "damaged-exif.jpg",
    ])
    func `odd but valid files are edited, and stay as they are outside of the mask`(name: String)
        throws
    {
        let path = Self.golden(name)
        let source = try PixelImage.read(path: path)
        try #require(min(source.width, source.height) >= 4)
        guard min(source.width, source.height) >= 16 else {
            try expect(["vary", path], exitCode: 64, "each side needs at least 16")
            return
        }
        let outcome = try desk.edit("inpaint", path, "--box", "3,5,6,7", "--prompt", "x")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let result = try PixelImage.read(path: outcome.outputLines[0])
        #expect(result.layout == source.layout)
        #expect(result.agrees(with: source) { !(3..<9).contains($0) || !(5..<12).contains($1) })
    }

    @Test(arguments: [
        ([], "say how far"), (["--to", "200x200", "--left", "8"], "say how far"),
        (["--to", "96x80"], "has these 96x80 pixels already"),
        (["--to", "60x300"], "the canvas must hold it"), (["--left", "-8"], "margins"),
        (["--to", "60000x60000"], "a side has at most 16384 pixels"),
        (["--up", "8", "--plan", "body"], "names no region of the body plan"),
    ])
    func `an impossible canvas is refused`(_ arguments: [String], _ words: String) throws {
        let outcome = try desk.edit(["outpaint", source, "--prompt", "A fish"] + arguments)
        #expect(outcome.exitCode == 64, "\(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(try desk.written().isEmpty)
    }

    @Test func `a model for inpainting refuses what it was not made for`() throws {
        let model = Program.model("tiny-inpainting")
        try expect(["vary", source, "--model", model], exitCode: 64, "made for inpainting")
        let generation = try Program.generate(
            "A knee",
            "--seed",
            "0",
            "--model",
            model,
            "-o",
            desk.outputFolder
        )
        #expect(generation.exitCode == 64)
        #expect(generation.errors.contains("made for inpainting"))
        let outcome = try desk.edit(
            "inpaint",
            source,
            "--box",
            "9,9,30,30",
            "--prompt",
            "x",
            "--model",
            model
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }

    private static func golden(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Goldens/imaging/\(name)").path
    }
}
