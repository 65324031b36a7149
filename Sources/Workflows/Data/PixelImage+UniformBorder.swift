import Imaging

extension PixelImage {
    /// The image without the rows and columns at its borders that have one value only.
    ///
    /// An image of a single value stays whole.
    func withoutUniformBorder() throws(ImagingError) -> PixelImage {
        switch samples {
        case .uint8(let values): try cropped(to: inner(values))
        case .uint16(let values): try cropped(to: inner(values))
        }
    }

    private func inner<Sample: Equatable>(_ values: [Sample]) -> PixelRectangle {
        let all = PixelRectangle(x: 0, y: 0, width: width, height: height)
        func isUniform(_ pixels: some Sequence<Int>) -> Bool {
            var first: Int?
            for pixel in pixels {
                let start = first ?? pixel
                first = start
                for channel in 0..<channelCount
                where values[pixel * channelCount + channel]
                    != values[start * channelCount + channel]
                {
                    return false
                }
            }
            return true
        }
        func row(_ y: Int) -> Range<Int> { y * width..<(y + 1) * width }
        guard let top = (0..<height).first(where: { !isUniform(row($0)) }),
            let bottom = (0..<height).last(where: { !isUniform(row($0)) })
        else { return all }
        func column(_ x: Int) -> StrideThrough<Int> {
            stride(from: top * width + x, through: bottom * width + x, by: width)
        }
        let left = (0..<width).first { !isUniform(column($0)) } ?? 0
        let right = (0..<width).last { !isUniform(column($0)) } ?? width - 1
        return PixelRectangle(
            x: left,
            y: top,
            width: right - left + 1,
            height: bottom - top + 1
        )
    }
}
