import Foundation
import Layers
import Tensors

/// Weights averaged over the steps of a run, which sample better than the last ones.
final class ExponentialMovingAverage {
    private let parameters: [Parameter]
    private let decay: Double
    /// The averages, in the parameters' order.
    let averages: [Tensor]

    init(_ parameters: [Parameter], decay: Double) {
        self.parameters = parameters
        self.decay = decay
        averages = parameters.map { $0.value.detached().cloned() }
    }

    /// Moves the averages towards the parameters; early steps are forgotten faster, as in diffusers' `EMAModel`.
    func update(after step: Int) {
        let warm = (1 + Double(step)) / (10 + Double(step))
        withoutGradients {
            atenInPlace(
                "aten::_foreach_lerp_.Scalar",
                averages,
                parameters.map { $0.value.detached() },
                1 - min(decay, warm)
            )
        }
    }

    /// Runs `body` with the averages in the parameters' place.
    func withAverages<Result>(_ body: () throws -> Result) rethrows -> Result {
        let trained = parameters.map(\.value)
        for (parameter, average) in zip(parameters, averages) { parameter.value = average }
        defer { for (parameter, value) in zip(parameters, trained) { parameter.value = value } }
        return try body()
    }
}
