extension Tensor {
    /// The element-wise sum; shapes broadcast.
    public static func + (left: Tensor, right: Tensor) -> Tensor {
        aten("aten::add.Tensor", left, right)
    }
    /// Adds a number to each element.
    public static func + (left: Tensor, right: Double) -> Tensor {
        aten("aten::add.Scalar", left, right)
    }
    /// Adds a number to each element.
    public static func + (left: Double, right: Tensor) -> Tensor { right + left }
    /// The element-wise difference; shapes broadcast.
    public static func - (left: Tensor, right: Tensor) -> Tensor {
        aten("aten::sub.Tensor", left, right)
    }
    /// Subtracts a number from each element.
    public static func - (left: Tensor, right: Double) -> Tensor {
        aten("aten::sub.Scalar", left, right)
    }
    /// Subtracts each element from a number.
    public static func - (left: Double, right: Tensor) -> Tensor {
        aten("aten::rsub.Scalar", right, left)
    }
    /// The element-wise product; shapes broadcast.
    public static func * (left: Tensor, right: Tensor) -> Tensor {
        aten("aten::mul.Tensor", left, right)
    }
    /// Multiplies each element by a number.
    public static func * (left: Tensor, right: Double) -> Tensor {
        aten("aten::mul.Scalar", left, right)
    }
    /// Multiplies each element by a number.
    public static func * (left: Double, right: Tensor) -> Tensor { right * left }
    /// The element-wise quotient; shapes broadcast.
    public static func / (left: Tensor, right: Tensor) -> Tensor {
        aten("aten::div.Tensor", left, right)
    }
    /// Divides each element by a number.
    public static func / (left: Tensor, right: Double) -> Tensor {
        aten("aten::div.Scalar", left, right)
    }
    /// Divides a number by each element.
    public static func / (left: Double, right: Tensor) -> Tensor {
        aten("aten::reciprocal", right) * left
    }
    /// The negative of each element.
    public static prefix func - (tensor: Tensor) -> Tensor { aten("aten::neg", tensor) }

    /// Adds in place, onto the elements that all copies of `left` share.
    public static func += (left: Tensor, right: Tensor) {
        atenInPlace("aten::add_.Tensor", left, right)
    }
    /// Multiplies in place, the elements that all copies of `left` share.
    public static func *= (left: Tensor, right: Double) {
        atenInPlace("aten::mul_.Scalar", left, right)
    }

    /// The square of each element.
    public func squared() -> Tensor { aten("aten::square", self) }
    /// The square root of each element.
    public func sqrt() -> Tensor { aten("aten::sqrt", self) }
    /// e to the power of each element.
    public func exp() -> Tensor { aten("aten::exp", self) }
    /// The natural logarithm of each element.
    public func log() -> Tensor { aten("aten::log", self) }
    /// The sine of each element, in radians.
    public func sin() -> Tensor { aten("aten::sin", self) }
    /// The cosine of each element, in radians.
    public func cos() -> Tensor { aten("aten::cos", self) }
    /// The magnitude of each element.
    public func abs() -> Tensor { aten("aten::abs", self) }
    /// The hyperbolic tangent of each element.
    public func tanh() -> Tensor { aten("aten::tanh", self) }
    /// The logistic function of each element.
    public func sigmoid() -> Tensor { aten("aten::sigmoid", self) }
    /// Each element rounded to the nearest integer, halves to even.
    public func rounded() -> Tensor { aten("aten::round", self) }
    /// Each element, no less than `min` and no more than `max`.
    public func clamp(min: Double? = nil, max: Double? = nil) -> Tensor {
        aten("aten::clamp", self, min, max)
    }

    /// The matrix product over the last two axes; the others broadcast.
    public func matmul(_ other: Tensor) -> Tensor { aten("aten::matmul", self, other) }

    /// The element-wise comparison, as `bool`.
    public func equals(_ other: Tensor) -> Tensor { aten("aten::eq.Tensor", self, other) }

    /// `self` where `condition` holds, else `other`.
    public func replaced(where condition: Tensor, by other: Tensor) -> Tensor {
        aten("aten::where.self", condition, other, self)
    }
}
