internal import CTorch

/// Where a tensor's elements lie and its operations run.
public enum Device: Hashable, Sendable {
    case cpu
    case cuda(index: Int)

    /// libtorch's `DeviceType`.
    package var type: Int32 {
        switch self {
        case .cpu: 0
        case .cuda: 1
        }
    }

    package var index: Int32 {
        switch self {
        case .cpu: 0
        case .cuda(let index): Int32(index)
        }
    }

    init(type: Int32, index: Int32) {
        self = type == 0 ? .cpu : .cuda(index: Int(index))
    }

    /// Makes CUDA devices usable.
    ///
    /// - Throws: `TorchError` with the loader's reason where libtorch_cuda or a GPU is missing.
    public static func loadCUDA() throws(TorchError) {
        guard ct_load_cuda() else { throw TorchError.last }
    }
}

extension Device: CustomStringConvertible {
    /// `cpu`, or `cuda:` and the index.
    public var description: String {
        switch self {
        case .cpu: "cpu"
        case .cuda(let index): "cuda:\(index)"
        }
    }
}
