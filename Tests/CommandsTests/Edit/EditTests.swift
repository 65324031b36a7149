import Foundation
import Imaging
import TestSupport
import Testing

struct EditTests {
    let desk: EditingDesk

    init() throws { desk = try EditingDesk() }

    @Test(arguments: [8, 16])
    func `inpainting changes the box and not a bit outside of it`(bitDepth: Int) throws {
        let source = try desk.marked(bitDepth: bitDepth)
        let path = try desk.write(source)
        let outcome = try desk.edit("inpaint", path, "--box", "40,30,20,25", "--prompt", "A knee")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let result = try PixelImage.read(path: outcome.outputLines[0])
        #expect(outcome.outputLines == ["\(desk.outputFolder)/source-inpaint-a-knee-s3.png"])
        let isInside = { (x: Int, y: Int) in (40..<60).contains(x) && (30..<55).contains(y) }
        #expect(result.agrees(with: source) { !isInside($0, $1) })
        #expect(!result.agrees(with: source, where: isInside))
    }

    @Test func `a mask of white pixels, of transparent ones, or of the picture itself is followed`()
        throws
    {
        let source = try desk.marked()
        let path = try desk.write(source)
        var mask = try PixelMask(width: 96, height: 80)
        try mask.add(polygon: [(50, 20), (90, 35), (45, 70)].map { PixelPoint(x: $0.0, y: $0.1) })
        let white = try desk.write(mask.image, "mask.png")
        let values: [UInt8] = mask.isRepainted.flatMap { [9, $0 ? 0 : 255] }
        let clear = try desk.write(
            PixelImage(width: 96, height: 80, channelCount: 2, samples: .uint8(values)),
            "clear.png"
        )
        let first = try desk.edit(
            "inpaint",
            path,
            "--mask",
            white,
            "--prompt",
            "x",
            "-o",
            "\(desk.folder.path)/1"
        )
        let second = try desk.edit(
            "inpaint",
            path,
            "--mask",
            clear,
            "--prompt",
            "x",
            "-o",
            "\(desk.folder.path)/2"
        )
        let third = try desk.edit(
            "inpaint",
            path,
            "--polygon",
            "50,20 90,35 45,70",
            "--prompt",
            "x",
            "-o",
            "\(desk.folder.path)/3"
        )
        let results = try [first, second, third].map { outcome in
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            return try PixelImage.read(path: outcome.outputLines[0])
        }
        #expect(results[0] == results[1])
        #expect(results[0] == results[2])
        #expect(results[0].agrees(with: source) { !mask[$0, $1] })
        #expect(!results[0].agrees(with: source) { mask[$0, $1] })

        let own: [UInt8] = zip(source.values, mask.isRepainted).flatMap {
            [UInt8($0), $1 ? 0 : 255]
        }
        let holed = try desk.write(
            PixelImage(width: 96, height: 80, channelCount: 2, samples: .uint8(own)),
            "holed.png"
        )
        let fourth = try desk.edit("inpaint", holed, "--prompt", "x")
        #expect(fourth.exitCode == 0, "\(fourth.errors)")
        let filled = try PixelImage.read(path: fourth.outputLines[0])
        #expect(try filled.channel(1).values.allSatisfy { $0 == 255 })
        #expect(try filled.channel(0).agrees(with: source) { !mask[$0, $1] })
    }

    @Test func `the file names its source, its mask and that a model has painted`() throws {
        let path = try desk.write(desk.marked())
        let outcome = try desk.edit("inpaint", path, "--box", "8,8,20,30", "--prompt", "A knee")
        let result = try #require(outcome.outputLines.first)
        let found = try Provenance(readingPNG: result)
        #expect(found.digitalSourceType == .compositeWithTrainedAlgorithmicMedia)
        let parent = try Program.run("/usr/bin/sha256sum", [path]).output.prefix(64)
        #expect(found.parentSHA256 == String(parent))
        // The mask's hash is that of one byte a pixel.
        var bytes = Data(count: 96 * 80)
        for y in 8..<38 { for x in 8..<28 { bytes[y * 96 + x] = 255 } }
        let raw = "\(desk.folder.path)/mask.grey"
        try bytes.write(to: URL(filePath: raw))
        let mask = try Program.run("/usr/bin/sha256sum", [raw]).output.prefix(64)
        #expect(found.maskSHA256 == String(mask))
        #expect(found.edit == "inpaint strength=1.0 infill at=64x64")
        #expect([found.width, found.height] == [96, 80] as [Int])
        let xmp = try PNGText.read(path: result).first { $0.keyword == PNGText.xmpKeyword }
        #expect(xmp?.value.contains("/compositeWithTrainedAlgorithmicMedia<") == true)
    }

    @Test func `a series counts seeds up and is the same picture by picture`() throws {
        let path = try desk.write(desk.marked())
        let arguments = ["vary", path, "--strength", "0.5", "--prompt", "A knee"]
        let series = try desk.edit(arguments + ["-n", "3", "--seed", "5"])
        #expect(series.exitCode == 0, "\(series.errors)")
        #expect(
            series.outputLines
                == (5...7).map { "\(desk.outputFolder)/source-vary-a-knee-s\($0).png" }
        )
        let other = "\(desk.folder.path)/other"
        let single = try desk.edit(arguments + ["--seed", "6", "-o", other])
        let pictures = try [series.outputLines[1], single.outputLines[0]].map {
            try PixelImage.read(path: $0)
        }
        #expect(pictures[0] == pictures[1])
        let again = try desk.edit(arguments + ["-n", "4", "--seed", "5"])
        #expect(again.outputLines.count == 4)
        #expect(again.errors.contains("3 of them are there already"))
    }

    @Test func `another request is not written over a picture`() throws {
        let path = try desk.write(desk.marked())
        _ = try desk.edit("restyle", path, "--prompt", "A knee", "--strength", "0.5")
        let other = try desk.edit("restyle", path, "--prompt", "A knee", "--strength", "1")
        #expect(other.exitCode == 73)
        #expect(other.errors.contains("edit: restyle strength=0.5"))
    }

    @Test func `a colour model leaves a grey picture grey`() throws {
        let path = try desk.write(desk.marked().convertedToRGB())
        let outcome = try desk.edit(
            "inpaint",
            path,
            "--box",
            "20,20,40,40",
            "--prompt",
            "A knee",
            "--model",
            Program.model("tiny-sd1")
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let result = try PixelImage.read(path: outcome.outputLines[0])
        #expect(result.channelCount == 3)
        #expect(EditablePixels(result).isGrey)
        let source = try desk.marked().convertedToRGB()
        #expect(!result.agrees(with: source) { _, _ in true })
    }

    @Test func `a removal keeps the best candidate first and leaves the rest alone`() throws {
        let source = try desk.marked()
        let path = try desk.write(source)
        let outcome = try desk.edit(
            "remove",
            path,
            "--box",
            "4,4,8,6",
            "--margin",
            "3",
            "--candidates",
            "3",
            "--element",
            "marker",
            "--prompt",
            "A knee with a marker",
            "--json"
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        struct Line: Decodable {
            let path: String
            let measures: [String: Double]
            let provenance: Provenance
        }
        let lines = try outcome.outputLines.map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(lines.count == 3)
        let steps = try lines.map { try #require($0.measures["border_step"]) }
        #expect(steps == steps.sorted())
        #expect(Set(lines.map(\.provenance.index)) == [0, 1, 2])
        #expect(lines[0].provenance.prompt == "A knee")
        #expect(lines[0].provenance.negativePrompt == "marker")
        for line in lines {
            let result = try PixelImage.read(path: line.path)
            // Three pixels around the box, with round corners.
            #expect(result.agrees(with: source) { $0 >= 15 || $1 >= 13 || ($0 == 1 && $1 == 1) })
        }
    }

    @Test func `before, after and difference are shown on request`() throws {
        let path = try desk.write(desk.marked())
        let outcome = try desk.edit(
            "inpaint",
            path,
            "--box",
            "40,30,16,16",
            "--prompt",
            "A knee",
            "--compare"
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(
            try desk.written()
                == ["source-inpaint-a-knee-s3-compare.png", "source-inpaint-a-knee-s3.png"]
        )
    }
}
