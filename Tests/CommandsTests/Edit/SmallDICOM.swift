import Foundation

/// A DICOM file put together by hand (PS3.5 7.1.2, Explicit VR Little Endian), and its pixels.
struct SmallDICOM {
    var width = 40
    var height = 32
    var bitsAllocated = 16
    var bitsStored = 12
    var isSigned = false
    var isMonochrome1 = false
    var frameCount = 1
    /// Row by row.
    var values: [Int]

    var bytes: [UInt8] {
        var file = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)
        let meta =
            Self.element(0x0002, 0x0001, "OB", [0, 1])
            + Self.text(0x0002, 0x0002, "UI", "1.2.840.10008.5.1.4.1.1.7\0")
            + Self.text(0x0002, 0x0003, "UI", "1.2.3.4\0")
            + Self.text(0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1\0")
        file += Self.element(0x0002, 0x0000, "UL", Self.little(meta.count, 4)) + meta
        file += Self.text(0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.7\0")
        file += Self.text(0x0008, 0x0018, "UI", "1.2.3.4\0")
        file += Self.text(0x0008, 0x0060, "CS", "DX")
        file += Self.number(0x0028, 0x0002, 1)
        file += Self.text(0x0028, 0x0004, "CS", isMonochrome1 ? "MONOCHROME1 " : "MONOCHROME2 ")
        file += Self.text(0x0028, 0x0008, "IS", "\(frameCount) ")
        file += Self.number(0x0028, 0x0010, height)
        file += Self.number(0x0028, 0x0011, width)
        file += Self.number(0x0028, 0x0100, bitsAllocated)
        file += Self.number(0x0028, 0x0101, bitsStored)
        file += Self.number(0x0028, 0x0102, bitsStored - 1)
        file += Self.number(0x0028, 0x0103, isSigned ? 1 : 0)
        return file + Self.element(0x7FE0, 0x0010, "OW", cells)
    }

    /// The values as they are stored.
    var cells: [UInt8] {
        let mask = 1 << bitsStored - 1
        return values.flatMap { Self.little($0 & mask, bitsAllocated / 8) }
    }

    /// The values in a file that holds as many pixels of the same kind, the last of its attributes.
    func values(in file: [UInt8]) -> [Int] {
        let size = bitsAllocated / 8
        let pixels = Array(file.suffix(width * height * size))
        return (0..<width * height).map { index in
            let low = Int(pixels[index * size])
            let cell = size == 1 ? low : low | Int(pixels[index * size + 1]) << 8
            let isNegative = isSigned && cell >> (bitsStored - 1) & 1 == 1
            return isNegative ? cell - 1 << bitsStored : cell
        }
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func number(_ group: Int, _ element: Int, _ value: Int) -> [UInt8] {
        self.element(group, element, "US", little(value, 2))
    }

    private static func text(_ group: Int, _ element: Int, _ vr: String, _ value: String)
        -> [UInt8]
    {
        self.element(group, element, vr, Array(value.utf8))
    }

    private static func element(_ group: Int, _ element: Int, _ vr: String, _ value: [UInt8])
        -> [UInt8]
    {
        let isLong = vr == "OB" || vr == "OW"
        let length = isLong ? [0, 0] + little(value.count, 4) : little(value.count, 2)
        return little(group, 2) + little(element, 2) + Array(vr.utf8) + length + value
    }
}
