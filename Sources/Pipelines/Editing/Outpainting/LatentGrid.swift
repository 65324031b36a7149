import Imaging
import Tensors

/// Clean latents of a picture on the host, scaled as the UNet sees them.
public struct LatentGrid: Sendable, Equatable {
    /// Channels.
    public let channelCount: Int
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// The values; index `(channel * height + y) * width + x`.
    public private(set) var values: [Float]

    /// Takes `channelCount * height * width` values.
    public init(channelCount: Int, width: Int, height: Int, values: [Float]) {
        precondition(values.count == channelCount * width * height)
        self.channelCount = channelCount
        self.width = width
        self.height = height
        self.values = values
    }

    /// Zeros.
    init(channelCount: Int, width: Int, height: Int) {
        let values = [Float](repeating: 0, count: channelCount * width * height)
        self.init(channelCount: channelCount, width: width, height: height, values: values)
    }

    /// The values of a tensor `[1, C, h, w]`.
    init(_ tensor: Tensor) throws {
        self.init(
            channelCount: tensor.size(1),
            width: tensor.size(3),
            height: tensor.size(2),
            values: try tensor.array()
        )
    }

    /// The values as `[1, C, h, w]`.
    var tensor: Tensor { Tensor(values, [1, channelCount, height, width]) }

    /// A part, in latent positions.
    func cropped(to part: PixelRectangle) -> LatentGrid {
        var result = LatentGrid(channelCount: channelCount, width: part.width, height: part.height)
        for channel in 0..<channelCount {
            for y in 0..<part.height {
                let source = (channel * height + part.y + y) * width + part.x
                let target = (channel * part.height + y) * part.width
                result.values.replaceSubrange(
                    target..<target + part.width,
                    with: values[source..<source + part.width]
                )
            }
        }
        return result
    }

    /// Replaces the positions of a part for which `isTaken` holds.
    ///
    /// - Parameters:
    ///   - part: its values.
    ///   - x: its first column.
    ///   - y: its first row.
    ///   - isTaken: row by row of the part.
    mutating func paste(_ part: LatentGrid, x: Int, y: Int, where isTaken: [Bool]) {
        for (position, taken) in isTaken.enumerated() where taken {
            let (column, row) = (position % part.width, position / part.width)
            for channel in 0..<channelCount {
                values[(channel * height + y + row) * width + x + column] =
                    part.values[(channel * part.height + row) * part.width + column]
            }
        }
    }
}
