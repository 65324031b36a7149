public import Tensors

/// The nearest of many references for each of some queries, found by comparing all with all.
public struct NearestNeighbors: Sendable, Equatable {
    /// The position of each query's nearest reference.
    public let indices: [Int]
    /// The distance to it.
    public let distances: [Double]

    /// By the root of the mean squared difference of elements, in the elements' unit.
    ///
    /// - Parameters:
    ///   - queries: `[N, features]`.
    ///   - references: `[M, features]`, M at least 1.
    ///   - chunkSize: references compared at once.
    /// - Throws: `TorchError`.
    public init(rootMeanSquare queries: Tensor, among references: Tensor, chunkSize: Int = 2_048)
        throws
    {
        let width = Double(queries.size(1))
        try self.init(queries, among: references, chunkSize: chunkSize) { queries, chunk in
            // |q - r|² = |q|² + |r|² - 2 q·r, in double precision, as the terms nearly cancel.
            let (left, right) = (queries.to(.float64), chunk.to(.float64))
            let squares =
                left.squared().sum([1], keepsDimensions: true) + right.squared().sum([1])
                - left.matmul(right.transposed(0, 1)) * 2
            return (squares.clamp(min: 0) / width).sqrt()
        }
    }

    /// By the cosine distance, 0 for one direction to 2 for opposite ones; parameters as above.
    public init(cosine queries: Tensor, among references: Tensor, chunkSize: Int = 2_048) throws {
        func unit(_ rows: Tensor) -> Tensor {
            let rows = rows.to(.float64)
            return rows / rows.squared().sum([1], keepsDimensions: true).sqrt().clamp(min: 1e-12)
        }
        try self.init(queries, among: references, chunkSize: chunkSize) { queries, chunk in
            (1.0 - unit(queries).matmul(unit(chunk).transposed(0, 1))).clamp(min: 0)
        }
    }

    /// Of each query the nearer of what was found here and of what was found elsewhere for the same queries.
    public func nearer(_ other: NearestNeighbors) -> NearestNeighbors {
        let choices = distances.indices.map { other.distances[$0] < distances[$0] ? other : self }
        return NearestNeighbors(
            indices: choices.enumerated().map { $1.indices[$0] },
            distances: choices.enumerated().map { $1.distances[$0] }
        )
    }

    private init(indices: [Int], distances: [Double]) {
        self.indices = indices
        self.distances = distances
    }

    private init(
        _ queries: Tensor,
        among references: Tensor,
        chunkSize: Int,
        _ distance: (Tensor, Tensor) -> Tensor
    ) throws {
        var indices = [Int](repeating: 0, count: queries.size(0))
        var distances = [Double](repeating: .infinity, count: queries.size(0))
        let count = references.size(0)
        try withTorchErrors {
            try withoutGradients {
                for start in stride(from: 0, to: count, by: chunkSize) {
                    let end = min(start + chunkSize, count)
                    let chunk = references.sliced(0, from: start, to: end)
                    let found = distance(queries, chunk)  // [N, end - start]
                    let nearest = found.argmax(1, ofNegative: true)
                    let positions = try nearest.integers()
                    let values = try found.picked(at: nearest).array()
                    for row in indices.indices where Double(values[row]) < distances[row] {
                        distances[row] = Double(values[row])
                        indices[row] = start + Int(positions[row])
                    }
                }
            }
        }
        self.indices = indices
        self.distances = distances
    }
}

extension Tensor {
    fileprivate func argmax(_ axis: Int, ofNegative: Bool) -> Tensor {
        (ofNegative ? -self : self).argmax(axis)
    }

    /// The element of each row at these columns.
    fileprivate func picked(at columns: Tensor) -> Tensor {
        aten("aten::gather", self, 1, columns.unsqueezed(1), false).squeezed(1)
    }
}
