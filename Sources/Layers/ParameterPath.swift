/// A place in a model's tree of names, from which layers take their parameters.
///
/// A layer asks for `path["conv1"].parameter("weight", …)`; whether the elements are read from a checkpoint or drawn
/// at random is the business of the `ParameterSource` behind the path.
public struct ParameterPath {
    /// What the path leads into.
    public let source: ParameterSource
    private let prefix: String

    /// The root of a model's names.
    public init(_ source: ParameterSource) {
        self.source = source
        prefix = ""
    }

    private init(_ source: ParameterSource, prefix: String) {
        self.source = source
        self.prefix = prefix
    }

    /// The place `name` below this one.
    public subscript(_ name: String) -> ParameterPath {
        ParameterPath(source, prefix: prefix + name + ".")
    }

    /// The place of element `index` of a list below this one.
    public subscript(_ index: Int) -> ParameterPath { self[String(index)] }

    /// The parameter `name` at this place.
    ///
    /// - Throws: `WeightError` where a checkpoint has none of that name and shape.
    public func parameter(
        _ name: String,
        _ shape: [Int],
        _ initialization: Initialization
    ) throws -> Parameter {
        try source.parameter(prefix + name, shape, initialization)
    }
}

@available(*, unavailable)
extension ParameterPath: Sendable {}
