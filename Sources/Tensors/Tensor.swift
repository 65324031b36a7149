internal import CTorch

/// A multi-dimensional array of numbers on a device, and the record of how it was computed where gradients are wanted.
///
/// Copies share their elements. Operations never throw; see `withTorchErrors`.
public struct Tensor {
    private let storage: Storage

    /// Takes over the handle's reference; nil makes the placeholder of a failed operation.
    init(handle: ct_tensor?) {
        storage = Storage(handle: handle)
    }

    var handle: ct_tensor? { storage.handle }

    /// Keeps the tensor alive while `body` uses its handle.
    func withHandle<Result>(_ body: (ct_tensor?) -> Result) -> Result {
        withExtendedLifetime(storage) { body(storage.handle) }
    }

    private final class Storage {
        let handle: ct_tensor?

        init(handle: ct_tensor?) { self.handle = handle }

        deinit { ct_tensor_release(handle) }
    }
}

@available(*, unavailable)
extension Tensor: Sendable {}

extension Tensor {
    /// How many tensors the process holds; for tests that look for leaks.
    public static var liveCount: Int { Int(ct_tensor_live_count()) }

    /// The length of each axis; empty for a scalar and for the placeholder of a failed operation.
    public var shape: [Int] {
        withHandle { handle in
            guard let handle else { return [] }
            return (0..<ct_tensor_dimension_count(handle)).map { Int(ct_tensor_size(handle, $0)) }
        }
    }

    /// The length of one axis (negative counts from the last); after a failure 1, so that arithmetic goes on.
    public func size(_ axis: Int) -> Int {
        withHandle { handle in
            guard let handle else { return 1 }
            let size = ct_tensor_size(handle, Int64(axis))
            guard size >= 0 else {
                ErrorScope.record()
                return 1
            }
            return Int(size)
        }
    }

    /// The number of axes.
    public var dimensionCount: Int {
        withHandle { handle in handle.map { Int(ct_tensor_dimension_count($0)) } ?? 0 }
    }

    /// The number of elements.
    public var elementCount: Int {
        withHandle { handle in handle.map { Int(ct_tensor_element_count($0)) } ?? 0 }
    }

    /// The type of the elements; `float32` for the placeholder of a failed operation.
    public var dtype: DType {
        withHandle { handle in handle.flatMap { DType(rawValue: ct_tensor_dtype($0)) } ?? .float32 }
    }

    /// Where the elements lie.
    public var device: Device {
        withHandle { handle in
            guard let handle else { return .cpu }
            var type: Int32 = 0
            var index: Int32 = 0
            ct_tensor_device(handle, &type, &index)
            return Device(type: type, index: index)
        }
    }

    /// Whether elements lie in row-major order without gaps.
    public var isContiguous: Bool {
        withHandle { handle in handle.map(ct_tensor_is_contiguous) ?? false }
    }

    /// Whether elements of an image batch lie pixel by pixel; see `MemoryFormat.channelsLast`.
    public var isChannelsLast: Bool {
        withHandle { handle in handle.map(ct_tensor_is_channels_last) ?? false }
    }
}
