import Layers
import Tensors

/// Adam with decoupled weight decay, on float32 parameters.
///
/// - SeeAlso: Loshchilov & Hutter, arXiv:1711.05101, algorithm 2.
final class AdamW {
    private let parameters: [Parameter]
    private let configuration: OptimizationConfiguration
    /// The running means of the gradients, in the parameters' order.
    let firstMoments: [Tensor]
    /// The running means of the squared gradients, in the parameters' order.
    let secondMoments: [Tensor]

    init(_ parameters: [Parameter], _ configuration: OptimizationConfiguration) {
        self.parameters = parameters
        self.configuration = configuration
        firstMoments = parameters.map { Tensor.zeros(like: $0.value) }
        secondMoments = parameters.map { Tensor.zeros(like: $0.value) }
    }

    /// The Euclidean norm of all gradients together.
    func gradientNorm() -> Double {
        withoutGradients {
            let gradients = parameters.compactMap(\.value.grad)
            guard !gradients.isEmpty else { return 0 }
            return Tensor.stacked(atenList("aten::_foreach_norm.Scalar", gradients, 2))
                .norm().item()
        }
    }

    /// Moves the parameters against their gradients, of norm `gradientNorm`, and clears these.
    func step(_ step: Int, gradientNorm: Double) {
        withoutGradients {
            let used = parameters.indices.filter { parameters[$0].value.grad != nil }
            let gradients = used.compactMap { parameters[$0].value.grad }
            let scale = min(1, configuration.maxGradientNorm / (gradientNorm + 1e-6))
            if scale < 1 { atenInPlace("aten::_foreach_mul_.Scalar", gradients, scale) }
            atenInPlace(
                "aten::_fused_adamw_",
                used.map { parameters[$0].value },
                gradients,
                used.map { firstMoments[$0] },
                used.map { secondMoments[$0] },
                [Tensor](),
                used.map { _ in Tensor(Double(step + 1)) },
                configuration.learningRate(at: step),
                configuration.beta1,
                configuration.beta2,
                configuration.weightDecay,
                1e-8,
                false,
                false
            )
            clearGradients()
        }
    }

    /// Forgets the gradients.
    func clearGradients() {
        for parameter in parameters { parameter.value.grad = nil }
    }
}
