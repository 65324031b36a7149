internal import CTorch

extension Tensor {
    /// Whether operations on this tensor are neither recorded for gradients nor cast by `withAutocast`,
    /// so that one may be replaced by another that can do neither.
    package var isInference: Bool {
        let recordsGradients = ct_set_grad_enabled(false)
        _ = ct_set_grad_enabled(recordsGradients)
        guard !recordsGradients else { return false }
        let autocast = ct_set_autocast(device.type, -1)
        _ = ct_set_autocast(device.type, autocast)
        return autocast < 0
    }
}
