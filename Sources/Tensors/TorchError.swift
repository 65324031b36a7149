internal import CTorch

/// An operation that libtorch refused, with libtorch's reason.
public struct TorchError: Error, Equatable, Sendable {
    /// The operation, as ATen names it, such as `aten::conv2d`.
    public let operation: String
    /// libtorch's message.
    public let message: String

    /// The calling thread's latest failure.
    static var last: TorchError {
        TorchError(
            operation: String(cString: ct_error_operation()),
            message: String(cString: ct_error_message())
        )
    }
}

extension TorchError: CustomStringConvertible {
    /// The operation and the reason in one line.
    public var description: String { "\(operation) failed: \(message)" }
}
