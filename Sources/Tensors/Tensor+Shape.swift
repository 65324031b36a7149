extension Tensor {
    /// The same elements in another shape; one length may be -1.
    public func reshaped(_ shape: [Int]) -> Tensor { aten("aten::reshape", self, shape) }
    /// Merges axes `start` to `end`, both included.
    public func flattened(from start: Int = 0, to end: Int = -1) -> Tensor {
        aten("aten::flatten.using_ints", self, start, end)
    }
    /// Swaps two axes.
    public func transposed(_ first: Int, _ second: Int) -> Tensor {
        aten("aten::transpose.int", self, first, second)
    }
    /// Puts the axes in this order.
    public func permuted(_ axes: [Int]) -> Tensor { aten("aten::permute", self, axes) }
    /// Adds an axis of length 1 at `axis`.
    public func unsqueezed(_ axis: Int) -> Tensor { aten("aten::unsqueeze", self, axis) }
    /// Drops the axis of length 1 at `axis`.
    public func squeezed(_ axis: Int) -> Tensor { aten("aten::squeeze.dim", self, axis) }
    /// Repeats axes of length 1 without copying; -1 keeps a length.
    public func expanded(_ shape: [Int]) -> Tensor { aten("aten::expand", self, shape) }
    /// Repeats each element of `axis` `count` times, neighbours together.
    public func repeated(_ count: Int, axis: Int) -> Tensor {
        aten("aten::repeat_interleave.self_int", self, count, axis)
    }
    /// Elements `from` up to, not including, `to` of one axis.
    public func sliced(_ axis: Int, from: Int = 0, to: Int? = nil, step: Int = 1) -> Tensor {
        aten("aten::slice.Tensor", self, axis, from, to, step)
    }
    /// One element of an axis, which goes away.
    public func selected(_ axis: Int, _ index: Int) -> Tensor {
        aten("aten::select.int", self, axis, index)
    }
    /// The elements of `axis` at these positions (`int64`), in their order.
    public func gathered(_ axis: Int, at indices: Tensor) -> Tensor {
        aten("aten::index_select", self, axis, indices)
    }
    /// Cuts `axis` into `count` equal parts.
    public func chunked(_ count: Int, axis: Int) -> [Tensor] {
        let parts = atenList("aten::chunk", self, count, axis)
        // After a failure as many placeholders, so that callers may take the parts by position.
        return parts.count == count ? parts : (0..<count).map { _ in Tensor(handle: nil) }
    }
    /// Mirrors along these axes.
    public func flipped(_ axes: [Int]) -> Tensor { aten("aten::flip", self, axes) }
    /// Surrounds the last axes with `value`: (left, right, top, bottom, …).
    public func padded(_ amounts: [Int], value: Double = 0) -> Tensor {
        aten("aten::constant_pad_nd", self, amounts, value)
    }
    /// Joins tensors along an axis that they have.
    public static func concatenated(_ tensors: [Tensor], axis: Int) -> Tensor {
        aten("aten::cat", tensors, axis)
    }
    /// Joins tensors along a new axis.
    public static func stacked(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
        aten("aten::stack", tensors, axis)
    }

    /// Row-major order without gaps, or image batches pixel by pixel.
    public func contiguous(_ format: MemoryFormat = .contiguous) -> Tensor {
        aten("aten::contiguous", self, format)
    }
    /// The elements as another type.
    public func to(_ dtype: DType) -> Tensor {
        dtype == self.dtype ? self : aten("aten::to.dtype", self, dtype)
    }
    /// The elements on another device.
    public func to(_ device: Device) -> Tensor {
        device == self.device
            ? self
            : aten(
                "aten::to.dtype_layout",
                self,
                dtype,
                Int?.none,
                device,
                Bool?.none,
                false,
                false
            )
    }
    /// A tensor with elements of its own.
    public func cloned() -> Tensor { aten("aten::clone", self) }
    /// Overwrites the elements, which all copies share.
    public func copy(from other: Tensor) { atenInPlace("aten::copy_", self, other) }
}
