import Imaging

extension PixelImage {
    /// The rows of an 8-bit grey picture.
    var rows: [[UInt8]] {
        stride(from: 0, to: byteSamples.count, by: width).map {
            Array(byteSamples[$0..<$0 + width])
        }
    }

    /// An 8-bit grey picture of rows of one length.
    init(rows: [[UInt8]]) throws {
        try self.init(width: rows[0].count, height: rows.count, grey: rows.flatMap { $0 })
    }
}
