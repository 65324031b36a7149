public import Imaging
public import Tensors

/// How latents too large to be decoded at once are cut into overlapping tiles.
///
/// Where tiles overlap, the images fade into each other linearly. The autoencoder normalizes over
/// what it sees, so that tiles differ a little from the whole; what fits is decoded whole.
public struct DecodingTiles: Sendable, Equatable {
    /// Pixels of the largest image that is decoded whole.
    public var wholePixelCount: Int
    /// Side of a tile in pixels.
    public var tileSide: Int
    /// Pixels that neighbouring tiles share.
    public var overlap: Int
    /// The parts of the image that are needed, in pixels; nil for all of it.
    ///
    /// What no tile of theirs reaches is left mid-grey.
    public var wanted: [PixelRectangle]?

    /// Tiles of 768 pixels for images above 1024x1024.
    public init(wholePixelCount: Int = 1024 * 1024, tileSide: Int = 768, overlap: Int = 192) {
        self.wholePixelCount = wholePixelCount
        self.tileSide = tileSide
        self.overlap = overlap
    }

    /// Decodes latents, at once or in tiles.
    ///
    /// - Parameters:
    ///   - latents: `[N, C, h, w]`.
    ///   - factor: pixels a latent position stands for, along one side.
    ///   - decoder: turns latents `[N, C, h', w']` into images `[N, channels, h' · factor,
    ///     w' · factor]`; called for each tile.
    /// - Returns: `[N, channels, h · factor, w · factor]`, in float32 if in tiles.
    public func decode(_ latents: Tensor, factor: Int, with decoder: (Tensor) -> Tensor) -> Tensor {
        let (height, width) = (latents.size(2), latents.size(3))
        guard height * width * factor * factor > wholePixelCount else { return decoder(latents) }
        let (rows, columns) = (spans(height, factor), spans(width, factor))
        guard rows.count * columns.count > 1 else { return decoder(latents) }
        var canvas: Tensor?
        let weights = Tensor.zeros([1, 1, height * factor, width * factor]).to(latents.device)
        for row in rows {
            for column in columns where wants(row, column, factor) {
                let tile = decoder(
                    latents.sliced(2, from: row.lowerBound, to: row.upperBound)
                        .sliced(3, from: column.lowerBound, to: column.upperBound)
                ).to(.float32)
                let weight =
                    (ramp(row, of: height, factor).unsqueezed(1)
                    * ramp(column, of: width, factor).unsqueezed(0)).to(latents.device)
                let sum =
                    canvas
                    ?? .zeros(
                        [latents.size(0), tile.size(1), height * factor, width * factor],
                        device: latents.device
                    )
                canvas = sum
                func region(_ tensor: Tensor) -> Tensor {
                    tensor.sliced(2, from: row.lowerBound * factor, to: row.upperBound * factor)
                        .sliced(3, from: column.lowerBound * factor, to: column.upperBound * factor)
                }
                region(sum) += tile * weight
                region(weights) += weight
            }
        }
        // Where no tile is wanted, zero over a small number is zero: mid-grey.
        return (canvas ?? latents) / weights.clamp(min: 1e-9)
    }

    /// Whether a tile reaches into what is wanted.
    private func wants(_ row: Range<Int>, _ column: Range<Int>, _ factor: Int) -> Bool {
        let tile = PixelRectangle(
            x: column.lowerBound * factor,
            y: row.lowerBound * factor,
            width: column.count * factor,
            height: row.count * factor
        )
        return wanted?.contains { $0.overlaps(tile) } ?? true
    }

    /// Latent positions of the tiles along one side; the last tile ends where the side does.
    func spans(_ side: Int, _ factor: Int) -> [Range<Int>] {
        let tile = max(tileSide / factor, 2)
        guard side > tile else { return [0..<side] }
        let stride = max(tile - overlap / factor, 1)
        let starts = Swift.stride(from: 0, to: side - tile, by: stride) + [side - tile]
        return starts.map { $0..<$0 + tile }
    }

    /// A tile's weight along one side: rising and falling over the overlap, except at the border.
    private func ramp(_ span: Range<Int>, of side: Int, _ factor: Int) -> Tensor {
        let (count, length) = (span.count * factor, max(overlap, 1))
        let weights = (0..<count).map { position in
            let before = span.lowerBound == 0 ? length : position + 1
            let after = span.upperBound == side ? length : count - position
            return Float(min(before, after, length)) / Float(length)
        }
        return Tensor(weights, [count])
    }
}
