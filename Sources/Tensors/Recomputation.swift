internal import CTorch

/// What `body` computes from `inputs`, without keeping for the gradient what it computes on the way: `backward` runs it
/// a second time instead.
///
/// `body` has to compute the same each time, and it does so in the precision of the `withAutocast` around this
/// call. Gradients reach the inputs and all other tensors that it reads.
///
/// - Parameters:
///   - inputs: tensors that gradients may have to reach through this call.
///   - body: takes as many tensors in the same order.
/// - Returns: what `body` returns.
/// - SeeAlso: Chen et al., arXiv:1604.06174, section 3.
public func recomputed(_ inputs: [Tensor], _ body: @escaping ([Tensor]) -> Tensor) -> Tensor {
    let call = RecomputedCall(body, on: inputs.first?.device ?? .cpu)
    let result = withExtendedLifetime(inputs) {
        ct_recomputed(
            inputs.map(\.handle),
            Int64(inputs.count),
            { context, handles, count in
                guard let context, let handles else { return nil }
                let call = Unmanaged<RecomputedCall>.fromOpaque(context).takeUnretainedValue()
                return call.run((0..<Int(count)).map { Tensor(handle: handles[$0]) })
            },
            { context in
                guard let context else { return }
                Unmanaged<RecomputedCall>.fromOpaque(context).release()
            },
            Unmanaged.passRetained(call).toOpaque()
        )
    }
    if result == nil { ErrorScope.record() }
    return Tensor(handle: result)
}

/// A computation and the precision in which it runs.
private final class RecomputedCall {
    private let body: ([Tensor]) -> Tensor
    private let device: Device
    private let dtype: DType

    init(_ body: @escaping ([Tensor]) -> Tensor, on device: Device) {
        self.body = body
        self.device = device
        let setting = ct_set_autocast(device.type, -1)
        _ = ct_set_autocast(device.type, setting)
        dtype = DType(rawValue: setting) ?? .float32
    }

    /// A handle of which the caller owns the reference, or nil where an operation failed.
    ///
    /// On a GPU this runs on a thread of libtorch, which has no scope for errors but this one.
    func run(_ inputs: [Tensor]) -> ct_tensor? {
        let output = try? withTorchErrors { withAutocast(dtype, on: device) { body(inputs) } }
        return output?.withHandle { $0.flatMap(ct_tensor_retain) }
    }
}
