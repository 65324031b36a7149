/// How a stored picture is turned to stand upright (EXIF 2.32, tag 0112).
enum EXIFOrientation: Int {
    case upright = 1
    case mirrored, upsideDown, flipped, transposed, clockwise, transverse, counterclockwise

    /// Reads an EXIF block, which begins with a TIFF header; a damaged one counts as upright.
    init(block: [UInt8]) {
        self = Self.value(in: block).flatMap(Self.init(rawValue:)) ?? .upright
    }

    /// Whether columns of the stored picture become rows.
    var swapsSides: Bool { rawValue >= Self.transposed.rawValue }

    private static func value(in block: [UInt8]) -> Int? {
        let isLittleEndian = block.starts(with: [0x49, 0x49])
        guard isLittleEndian || block.starts(with: [0x4D, 0x4D]) else { return nil }
        func number(at index: Int, byteCount: Int) -> Int? {
            guard index >= 0, index <= block.count - byteCount else { return nil }
            let bytes = block[index..<index + byteCount]
            return isLittleEndian
                ? bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
                : bytes.reduce(0) { $0 << 8 | Int($1) }
        }
        guard number(at: 2, byteCount: 2) == 42, let directory = number(at: 4, byteCount: 4),
            let entryCount = number(at: directory, byteCount: 2)
        else { return nil }
        for entry in 0..<entryCount {
            let start = directory + 2 + 12 * entry
            guard let tag = number(at: start, byteCount: 2) else { return nil }
            if tag == 0x0112 { return number(at: start + 8, byteCount: 2) }
        }
        return nil
    }
}

extension PixelImage {
    /// The image turned upright.
    func oriented(_ orientation: EXIFOrientation) -> PixelImage {
        guard orientation != .upright else { return self }
        let newWidth = orientation.swapsSides ? height : width
        let newHeight = orientation.swapsSides ? width : height
        let turned: Samples =
            switch samples {
            case .uint8(let values):
                .uint8(turn(values, orientation, newWidth, newHeight))
            case .uint16(let values):
                .uint16(turn(values, orientation, newWidth, newHeight))
            }
        return PixelImage(
            trusted: turned,
            width: newWidth,
            height: newHeight,
            channelCount: channelCount
        )
    }

    private func turn<Sample>(
        _ values: [Sample],
        _ orientation: EXIFOrientation,
        _ newWidth: Int,
        _ newHeight: Int
    ) -> [Sample] {
        var turned: [Sample] = []
        turned.reserveCapacity(values.count)
        for y in 0..<newHeight {
            for x in 0..<newWidth {
                let (sourceX, sourceY) =
                    switch orientation {
                    case .upright: (x, y)
                    case .mirrored: (width - 1 - x, y)
                    case .upsideDown: (width - 1 - x, height - 1 - y)
                    case .flipped: (x, height - 1 - y)
                    case .transposed: (y, x)
                    case .clockwise: (y, height - 1 - x)
                    case .transverse: (width - 1 - y, height - 1 - x)
                    case .counterclockwise: (width - 1 - y, x)
                    }
                let start = (sourceY * width + sourceX) * channelCount
                turned.append(contentsOf: values[start..<start + channelCount])
            }
        }
        return turned
    }
}
