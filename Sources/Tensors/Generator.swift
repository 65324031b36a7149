internal import CTorch

/// A source of random numbers with its own state: `torch.Generator` on the CPU (Mersenne Twister).
public final class Generator {
    private let handle: ct_generator?

    /// Starts the sequence that `torch.Generator().manual_seed(seed)` starts.
    public init(seed: UInt64) {
        handle = ct_generator_new(seed)
    }

    deinit { ct_generator_release(handle) }

    /// The whole state, a `uint8` vector; setting it continues from there.
    public var state: Tensor {
        get {
            let state = ct_generator_state(handle)
            if state == nil { ErrorScope.record() }
            return Tensor(handle: state)
        }
        set {
            let isSet = newValue.withHandle { ct_generator_set_state(handle, $0) }
            if !isSet { ErrorScope.record() }
        }
    }

    func withHandle<Result>(_ body: (ct_generator?) -> Result) -> Result {
        withExtendedLifetime(self) { body(handle) }
    }
}

@available(*, unavailable)
extension Generator: Sendable {}
