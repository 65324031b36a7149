/// A statistic, or why it has no value for these data.
public enum Outcome<Value: Sendable & Equatable & Encodable>: Sendable, Equatable {
    /// The value.
    case value(Value)
    /// The reason why there is none.
    case undefined(String)

    /// Takes what a computation gives or refuses.
    init(_ compute: () throws(StudyError) -> Value) {
        do { self = .value(try compute()) } catch { self = .undefined(error.description) }
    }

    /// The value, if there is one.
    public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }
}

extension Outcome: Encodable {
    private enum CodingKeys: String, CodingKey { case undefined }

    /// Encodes the value as it is, or an object whose only key `undefined` holds the reason.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .value(let value): try value.encode(to: encoder)
        case .undefined(let reason):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(reason, forKey: .undefined)
        }
    }
}
