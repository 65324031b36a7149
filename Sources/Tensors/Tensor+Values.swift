internal import CTorch

extension Tensor {
    /// The elements in row-major order, converted to `Float`.
    ///
    /// - Throws: `TorchError` where they cannot be read.
    public func array() throws -> [Float] { try values(as: .float32) }

    /// The elements in row-major order, converted to `Int64`.
    public func integers() throws -> [Int64] { try values(as: .int64) }

    /// The elements in row-major order, converted to `UInt8`.
    public func bytes() throws -> [UInt8] { try values(as: .uint8) }

    /// The only element; not a number after a failure.
    public func item() -> Double {
        guard elementCount == 1,
            let value = try? values(as: .float64, Double.self).first
        else {
            ErrorScope.record(
                TorchError(
                    operation: "item",
                    message: "a tensor of shape \(shape) is not one number"
                )
            )
            return .nan
        }
        return value
    }

    /// Calls `body` with the elements' bytes, in row-major order.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws
        -> Result
    {
        let dense = try withTorchErrors { self.detached().to(.cpu).contiguous() }
        return try withExtendedLifetime(dense) {
            guard let handle = dense.handle else { throw TorchError.last }
            let count = dense.elementCount * dense.dtype.byteCount
            guard count > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
            guard let data = ct_tensor_data(handle) else { throw TorchError.last }
            return try body(UnsafeRawBufferPointer(start: data, count: count))
        }
    }

    private func values<Element>(as dtype: DType, _: Element.Type = Element.self) throws
        -> [Element]
    {
        try withTorchErrors { self.detached().to(dtype) }.withBytes { bytes in
            Array(bytes.bindMemory(to: Element.self))
        }
    }
}

extension Tensor: CustomStringConvertible {
    /// Shape, type and place, not the elements.
    public var description: String { "Tensor\(shape) \(dtype) \(device)" }
}
