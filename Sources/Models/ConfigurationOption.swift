/// A value in a config.json, as far as it is compared or named.
enum JSONValue: Decodable, Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case list([JSONValue])
    case object

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object
        }
    }
}

extension JSONValue: CustomStringConvertible {
    var description: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let value): Int(exactly: value).map(String.init) ?? "\(value)"
        case .string(let value): "\"\(value)\""
        case .list(let values): "[\(values.map(\.description).joined(separator: ", "))]"
        case .object: "{…}"
        }
    }
}

/// Any key of a config.json.
struct ConfigurationKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// A number in a config.json, or a list with one for each block.
enum PerBlock: Decodable {
    case same(Int)
    case each([Int])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .same(number)
        } else {
            self = .each(try container.decode([Int].self))
        }
    }

    /// One number a block; a list is as long as it is.
    func values(blockCount: Int) -> [Int] {
        switch self {
        case .same(let number): Array(repeating: number, count: blockCount)
        case .each(let numbers): numbers
        }
    }
}

extension Decoder {
    /// Refuses a known option whose value asks for something else than the values `supported`.
    func requireOptions(_ supported: [String: [JSONValue]], of model: String) throws {
        let container = try container(keyedBy: ConfigurationKey.self)
        for (option, values) in supported.sorted(by: { $0.key < $1.key }) {
            let key = ConfigurationKey(stringValue: option)
            guard container.contains(key) else { continue }
            let found = try container.decode(JSONValue.self, forKey: key)
            guard !values.contains(found) else { continue }
            throw ModelsError.unsupportedOption(
                model: model,
                option: option,
                found: found.description,
                supported: values.map(\.description)
            )
        }
    }
}

/// Checks sizes that a config.json or a caller gave, before a model is built from them.
struct ConfigurationCheck {
    let model: String

    func require(_ option: String, _ value: some Any, _ isFit: Bool, _ requirement: String) throws {
        guard !isFit else { return }
        throw ModelsError.invalidOption(
            model: model,
            option: option,
            found: "\(value)",
            requirement: requirement
        )
    }

    func require(_ option: String, _ value: Int, in range: ClosedRange<Int>) throws {
        try require(
            option,
            value,
            range.contains(value),
            "from \(range.lowerBound) to \(range.upperBound)"
        )
    }

    func require(_ option: String, _ values: [Int], count: Int, in range: ClosedRange<Int>) throws {
        try require(option, values, values.count == count, "one value for each of \(count) blocks")
        for value in values { try require(option, value, in: range) }
    }

    func require(_ option: String, _ value: Int, divides dividend: Int, of other: String) throws {
        try require(option, value, dividend % value == 0, "a divisor of \(dividend) in \(other)")
    }

    func requireNormEpsilon(_ option: String, _ value: Double) throws {
        try require(option, value, value > 0 && value < 1, "between 0 and 1")
    }
}
