import Foundation
import Imaging
import TestSupport
import Testing

/// DICOM in, DICOM out: stored values outside of the mask are the same bits.
struct EditDICOMTests {
    let desk: EditingDesk

    init() throws { desk = try EditingDesk() }

    private func write(_ bytes: [UInt8], _ name: String) throws -> String {
        let path = "\(desk.folder.path)/\(name)"
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    /// Rises to the right and downwards over most of the storable range, with a mark in a corner.
    private static func source(
        _ bitsAllocated: Int,
        _ bitsStored: Int,
        isSigned: Bool,
        isMonochrome1: Bool
    ) -> SmallDICOM {
        let least = isSigned ? -(1 << (bitsStored - 1)) : 0
        let step = (1 << bitsStored) / 90
        let values = (0..<40 * 32).map { index in
            let (x, y) = (index % 40, index / 40)
            return least + ((3..<8).contains(x) && y < x ? 85 : 5 + x + y / 2) * step
        }
        return SmallDICOM(
            bitsAllocated: bitsAllocated,
            bitsStored: bitsStored,
            isSigned: isSigned,
            isMonochrome1: isMonochrome1,
            values: values
        )
    }

    @Test(arguments: [
        (8, 8, false, false), (16, 12, false, true), (16, 12, true, false), (16, 16, true, true),
        (16, 16, false, false), (16, 10, false, false),
    ])
    func `values outside of the mask stay, in every depth, sign and interpretation`(
        _ bitsAllocated: Int,
        _ bitsStored: Int,
        _ isSigned: Bool,
        _ isMonochrome1: Bool
    ) throws {
        let source = Self.source(
            bitsAllocated,
            bitsStored,
            isSigned: isSigned,
            isMonochrome1: isMonochrome1
        )
        let path = try write(source.bytes, "source.dcm")
        let outcome = try desk.edit("inpaint", path, "--box", "20,9,11,12", "--prompt", "A knee")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.outputLines == ["\(desk.outputFolder)/source-inpaint-a-knee-s3.dcm"])
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: outcome.outputLines[0])))
        let values = source.values(in: bytes)
        let isInside = source.values.indices.map { index in
            (20..<31).contains(index % 40) && (9..<21).contains(index / 40)
        }
        for index in values.indices where !isInside[index] {
            try #require(values[index] == source.values[index], "pixel \(index)")
        }
        #expect(zip(values, source.values).contains { $0 != $1 })
        #expect(
            try desk.written()
                == ["source-inpaint-a-knee-s3.dcm", "source-inpaint-a-knee-s3.png"]
        )
        let again = try desk.edit("inpaint", path, "--box", "20,9,11,12", "--prompt", "A knee")
        #expect(again.outputLines == outcome.outputLines)
        #expect(again.errors.contains("1 of them"), "\(again.errors)")
    }

    @Test func `MONOCHROME1 is MONOCHROME2 with white and black exchanged`() throws {
        let source = Self.source(16, 12, isSigned: false, isMonochrome1: false)
        var inverse = source
        inverse.isMonochrome1 = true
        inverse.values = source.values.map { 4095 - $0 }
        let results = try [(source, "a.dcm"), (inverse, "b.dcm")].map { file, name in
            let path = try write(file.bytes, name)
            let outcome = try desk.edit("vary", path, "--strength", "0.5")
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            let bytes = try Data(contentsOf: URL(filePath: outcome.outputLines[0]))
            return source.values(in: [UInt8](bytes))
        }
        let differences = zip(results[0], results[1]).map { abs($0 - (4095 - $1)) }
        #expect(differences.max() ?? 4096 <= 1)
        #expect(Set(results[0]).count > 10)
    }

    @Test func `what cannot be edited is one clear line`() throws {
        var source = Self.source(8, 8, isSigned: false, isMonochrome1: false)
        let whole = source.bytes
        source.frameCount = 2
        source.values += source.values
        let cases: [([UInt8], [String], Int32, String)] = [
            (whole.dropLast(300) + [], ["vary"], 65, "truncated"),
            (Array(whole.prefix(200)), ["vary"], 65, "DICOM"),
            (source.bytes, ["vary"], 65, "2 frames"),
            (whole, ["outpaint", "--left", "8", "--prompt", "x"], 64, "export it as PNG first"),
        ]
        for (bytes, arguments, code, words) in cases {
            let path = try write(bytes, "source.dcm")
            let outcome = try desk.edit([arguments[0], path] + arguments.dropFirst())
            #expect(outcome.exitCode == code, "\(outcome.errors)")
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(try desk.written().isEmpty)
        }
    }
}
