import Tensors

/// Products by oneDNN, for inference on a CPU.
///
/// libtorch gives float32 products to oneMKL, which takes 2.2 times as long on AMD's processors, and its
/// fused attention does not use the bfloat16 units. Times on two cores of an AMD EPYC, ms:
///
///     linear 8192x320 to 2560           float32: 163 -> 97
///     linear 512x5120 to 1280           float32: 69 -> 31
///     attention, 2x8 heads, 4096x40     float32: 1196 -> 570, bfloat16: 871 -> 260
///     attention, 1 head, 4096x512       float32: 573 -> 180
extension Tensor {
    /// Whether `linearByOneDNN` can be used on this tensor with that weight.
    func suitsOneDNN(_ weight: Tensor) -> Bool {
        guard dtype == .float32 || dtype == .bfloat16 else { return false }
        return dtype == weight.dtype && device == .cpu && isInference && OneDNN.isAvailable
    }

    /// y = x Wᵀ + b over the last axis; `weight` is `[outputs, inputs]`.
    func linearByOneDNN(_ weight: Tensor, bias: Tensor?) -> Tensor {
        aten("mkldnn::_linear_pointwise", self, weight, bias, "none", [Int](), "none")
    }

    /// softmax(Q Kᵀ / √d) V by products of some queries with all keys at a time.
    ///
    /// The scores of these fit into the cache. In bfloat16 they are rounded, so the keys' mean, which
    /// adds the same to all scores of a query and nothing to the result, is taken away first: smaller
    /// scores lose less.
    func attentionByOneDNN(keys: Tensor, values: Tensor) -> Tensor {
        let (batch, heads, queryCount, width) = (size(0), size(1), size(2), size(3))
        let scale = 1 / Double(width).squareRoot()
        let exactKeys = keys.to(.float32)
        let centered = (exactKeys - exactKeys.mean([2], keepsDimensions: true)) * scale
        let scoreWeights = centered.to(dtype).contiguous()  // [N, heads, keys, d]
        let valueWeights = values.transposed(2, 3).contiguous()  // [N, heads, d, keys]
        let bytesPerQuery = keys.size(2) * dtype.byteCount
        let chunk = Swift.max(64, OneDNN.scoreByteCount / Swift.max(bytesPerQuery, 1))
        let output = Tensor.zeros([batch, queryCount, heads, width], dtype: dtype)
        for sample in 0..<batch {
            for head in 0..<heads {
                let queries = selected(0, sample).selected(0, head)
                let scoreWeight = scoreWeights.selected(0, sample).selected(0, head)
                let valueWeight = valueWeights.selected(0, sample).selected(0, head)
                let target = output.selected(0, sample).selected(1, head)  // [queries, d]
                for start in stride(from: 0, to: queryCount, by: chunk) {
                    let end = Swift.min(start + chunk, queryCount)
                    let scores = queries.sliced(0, from: start, to: end).contiguous()
                        .linearByOneDNN(scoreWeight, bias: nil)
                    target.sliced(0, from: start, to: end)
                        .copy(from: scores.softmax(-1).linearByOneDNN(valueWeight, bias: nil))
                }
            }
        }
        return output.transposed(1, 2)
    }
}

private enum OneDNN {
    /// Scores computed at a time; 4 MiB stay in the cache that the cores share.
    static let scoreByteCount = 4 << 20

    /// Whether this build of libtorch has the operator.
    static let isAvailable: Bool = {
        let product = try? withTorchErrors {
            Tensor.ones([1, 1]).linearByOneDNN(.ones([1, 1]), bias: nil).item()
        }
        return product == 1
    }()
}
