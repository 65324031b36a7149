public import Tensors

extension Tensor {
    /// y = x Wᵀ + b over the last axis; `weight` is `[outputs, inputs]`.
    public func linear(_ weight: Tensor, bias: Tensor?) -> Tensor {
        suitsOneDNN(weight)
            ? linearByOneDNN(weight, bias: bias) : aten("aten::linear", self, weight, bias)
    }

    /// Convolves `[N, C, H, W]` with `weight` `[outputs, C, kernel, kernel]`.
    public func conv2d(_ weight: Tensor, bias: Tensor?, stride: Int, padding: Int) -> Tensor {
        aten("aten::conv2d", self, weight, bias, [stride, stride], [padding, padding])
    }

    /// Normalizes groups of channels of `[N, C, …]`.
    public func groupNorm(
        _ groups: Int,
        weight: Tensor?,
        bias: Tensor?,
        epsilon: Double
    ) -> Tensor {
        aten("aten::group_norm", self, groups, weight, bias, epsilon)
    }

    /// Normalizes the last axis, whose length is `weight`'s.
    public func layerNorm(weight: Tensor, bias: Tensor, epsilon: Double) -> Tensor {
        aten("aten::layer_norm", self, [size(-1)], weight, bias, epsilon)
    }

    /// Rows of `weight` `[entries, features]` at these `int64` indices.
    public func embedding(_ weight: Tensor) -> Tensor {
        aten("aten::embedding", weight, self)
    }

    /// x · sigmoid(x).
    public func silu() -> Tensor { aten("aten::silu", self) }

    /// Puts x · sigmoid(x) in the place of each element x.
    func applySiLU() { atenInPlace("aten::silu_", self) }

    /// x · Φ(x), exact or in the tanh approximation.
    public func gelu(isApproximate: Bool = false) -> Tensor {
        aten("aten::gelu", self, isApproximate ? "tanh" : "none")
    }

    /// max(x, 0).
    public func relu() -> Tensor { aten("aten::relu", self) }

    /// Each pixel of `[N, C, H, W]` where the given size needs it, nearest neighbour.
    public func upsampledNearest(height: Int, width: Int) -> Tensor {
        aten("aten::upsample_nearest2d", self, [height, width])
    }

    /// The mean of each `kernel` x `kernel` block of `[N, C, H, W]`.
    public func averagePooled(_ kernel: Int) -> Tensor {
        aten("aten::avg_pool2d", self, [kernel, kernel])
    }

    /// softmax(Q Kᵀ / √d) V; `self` is Q `[N, heads, queries, d]`, K and V `[N, heads, keys, d]`.
    ///
    /// Scores are summed in float32 whatever the dtype, so that float16 does not overflow.
    ///
    /// - Parameters:
    ///   - keys: what each query is compared with.
    ///   - values: what is averaged.
    ///   - isCausal: whether query i sees only keys 0...i.
    /// - Returns: `[N, heads, queries, d]`.
    public func scaledDotProductAttention(
        keys: Tensor,
        values: Tensor,
        isCausal: Bool = false
    ) -> Tensor {
        // With few keys, as of a text, there is nothing to gain.
        if keys.size(2) >= 256, !isCausal, suitsOneDNN(keys) {
            return attentionByOneDNN(keys: keys, values: values)
        }
        // The gradient of libtorch's fused attention for CPUs takes three times as long as that of plain products
        // (16x2 heads, 256 queries, 77 keys in bfloat16, one thread: 27 ms against 9 ms).
        if requiresGrad, device == .cpu, !isCausal {
            let scoreByteCount = shape.dropLast().reduce(keys.size(2) * dtype.byteCount, *)
            guard scoreByteCount > Self.keptScoreByteCount else {
                return attentionByProducts(keys: keys, values: values)
            }
            return recomputed([self, keys, values]) {
                $0[0].attentionByProducts(keys: $0[1], values: $0[2])
            }
        }
        return aten(
            "aten::scaled_dot_product_attention",
            self,
            keys,
            values,
            Tensor?.none,
            0.0,
            isCausal
        )
    }

    /// Scores that are kept for the gradient; larger ones, such as the 268 MB of one layer of Stable Diffusion at
    /// 512x512 in bfloat16, are computed a second time.
    private static let keptScoreByteCount = 128 << 20

    private func attentionByProducts(keys: Tensor, values: Tensor) -> Tensor {
        (self * (1 / Double(size(-1)).squareRoot())).matmul(keys.transposed(2, 3))
            .softmax(-1).matmul(values)
    }
}
