internal import CTorch

extension Tensor {
    /// Whether operations on the tensor are recorded for `backward`.
    public var requiresGrad: Bool {
        get { withHandle { handle in handle.map(ct_tensor_requires_grad) ?? false } }
        nonmutating set {
            withHandle { handle in
                guard let handle, !ct_tensor_set_requires_grad(handle, newValue) else { return }
                ErrorScope.record()
            }
        }
    }

    /// The gradient that `backward` has summed up here, if any.
    public var grad: Tensor? {
        get {
            withHandle { handle in handle.flatMap(ct_tensor_grad).map(Tensor.init(handle:)) }
        }
        nonmutating set {
            withHandle { handle in
                guard let handle else { return }
                let isSet =
                    newValue.map { $0.withHandle { ct_tensor_set_grad(handle, $0) } }
                    ?? ct_tensor_set_grad(handle, nil)
                if !isSet { ErrorScope.record() }
            }
        }
    }

    /// Adds the gradient of this scalar to `grad` of each tensor that it was computed from.
    public func backward() {
        let isDone = withHandle { ct_backward($0) }
        if !isDone { ErrorScope.record() }
    }

    /// The same elements without their history.
    public func detached() -> Tensor { aten("aten::detach", self) }
}

/// Runs `body` without recording for gradients.
public func withoutGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
    let former = ct_set_grad_enabled(false)
    defer { _ = ct_set_grad_enabled(former) }
    return try body()
}

/// Runs `body` with products and convolutions of float32 tensors computed in `dtype` (mixed precision).
public func withAutocast<Result>(
    _ dtype: DType,
    on device: Device = .cpu,
    _ body: () throws -> Result
) rethrows -> Result {
    let former = ct_set_autocast(device.type, dtype == .float32 ? -1 : dtype.rawValue)
    defer {
        _ = ct_set_autocast(device.type, former)
        ct_clear_autocast_cache()
    }
    return try body()
}
