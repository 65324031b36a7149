extension Tensor {
    /// The sum over `axes`, or over everything.
    public func sum(_ axes: [Int]? = nil, keepsDimensions: Bool = false) -> Tensor {
        guard let axes else { return aten("aten::sum", self) }
        return aten("aten::sum.dim_IntList", self, axes, keepsDimensions)
    }

    /// The mean over `axes`, or over everything.
    public func mean(_ axes: [Int]? = nil, keepsDimensions: Bool = false) -> Tensor {
        guard let axes else { return aten("aten::mean", self) }
        return aten("aten::mean.dim", self, axes, keepsDimensions)
    }

    /// The largest element.
    public func max() -> Tensor { aten("aten::max", self) }

    /// The smallest element.
    public func min() -> Tensor { aten("aten::min", self) }

    /// The position of the largest element along `axis`, as `int64`.
    public func argmax(_ axis: Int) -> Tensor { aten("aten::argmax", self, axis) }

    /// The Euclidean norm over everything.
    public func norm() -> Tensor { aten("aten::norm.Scalar", self, 2) }

    /// Softmax along `axis`.
    public func softmax(_ axis: Int) -> Tensor { aten("aten::softmax.int", self, axis) }

    /// Whether every element is a finite number.
    public var isFinite: Bool { aten("aten::isfinite", self).all }

    /// Whether every element is true or other than zero.
    public var all: Bool { aten("aten::all", self).item() != 0 }
}
