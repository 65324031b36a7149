/// Where the samples of a colour frame lie in its bytes (PS3.3 C.7.6.3.1.3 and C.7.6.3.1.2).
struct ColorLayout {
    private let description: PixelDescription
    private let hasPlanes: Bool

    /// Describes a frame; with planes, all samples of a channel lie together.
    init(_ description: PixelDescription, hasPlanes: Bool) {
        self.description = description
        self.hasPlanes = hasPlanes
    }

    /// The bytes with all channels of a pixel side by side.
    func interleaved(_ bytes: [UInt8]) -> [UInt8] {
        if description.photometricInterpretation == .ybrFull422 { return expanded(bytes) }
        guard hasPlanes, description.channelCount > 1 else { return bytes }
        let width = description.bitsAllocated / 8
        let pixelCount = description.width * description.height
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for pixel in 0..<pixelCount {
            for channel in 0..<description.channelCount {
                let start = (channel * pixelCount + pixel) * width
                result.append(contentsOf: bytes[start..<start + width])
            }
        }
        return result
    }

    /// Y1 Y2 Cb Cr, two pixels with one pair of chrominances, becomes Y1 Cb Cr Y2 Cb Cr.
    private func expanded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 2 * 3)
        for start in stride(from: 0, to: bytes.count - 3, by: 4) {
            let chrominances = bytes[start + 2...start + 3]
            result.append(bytes[start])
            result.append(contentsOf: chrominances)
            result.append(bytes[start + 1])
            result.append(contentsOf: chrominances)
        }
        return result
    }
}
