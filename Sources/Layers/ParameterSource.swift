public import Tensors

/// Gives a model its parameters and remembers them in order.
public final class ParameterSource {
    /// Makes the tensor `name` of that shape.
    public typealias Provider =
        (_ name: String, _ shape: [Int], _ initialization: Initialization) throws -> Tensor

    /// All parameters given so far, in the order of the model's construction.
    public private(set) var parameters: [Parameter] = []
    private let provide: Provider

    /// Takes each tensor from `provider`.
    public init(_ provider: @escaping Provider) {
        provide = provider
    }

    /// Draws each tensor at random, as float32; the same seed gives the same model.
    public static func random(seed: UInt64) -> ParameterSource {
        let generator = Generator(seed: seed)
        return ParameterSource { _, shape, initialization in
            initialization.tensor(shape, generator: generator)
        }
    }

    func parameter(
        _ name: String,
        _ shape: [Int],
        _ initialization: Initialization
    ) throws -> Parameter {
        let parameter = Parameter(name: name, value: try provide(name, shape, initialization))
        parameters.append(parameter)
        return parameter
    }
}

@available(*, unavailable)
extension ParameterSource: Sendable {}
