/// An option of diffusers' schedulers that has no counterpart here, set to something other than its
/// default.
struct UnsupportedOption: Sendable, Hashable {
    let key: String
    let value: JSONScalar
    let neutralValues: [JSONScalar]
    let kinds: [SchedulerKind]

    /// The option, or nil where the value is the one that changes nothing.
    init?(key: String, value: JSONScalar) {
        guard let (neutralValues, kinds) = Self.known[key], !neutralValues.contains(value) else {
            return nil
        }
        self.key = key
        self.value = value
        self.neutralValues = neutralValues
        self.kinds = kinds
    }

    static func isKnown(_ key: String) -> Bool { known[key] != nil || withoutEffect.contains(key) }

    private static let multistep: [SchedulerKind] = [.dpmpp2M, .dpmpp2MKarras, .unipc]

    /// The values that change nothing, and the schedulers that the option would change.
    private static let known: [String: ([JSONScalar], [SchedulerKind])] = [
        "thresholding": ([.bool(false)], [.ddpm, .ddim] + multistep),
        "use_exponential_sigmas": ([.bool(false)], [.euler, .heun] + multistep),
        "use_beta_sigmas": ([.bool(false)], [.euler, .heun] + multistep),
        "use_lu_lambdas": ([.bool(false)], [.dpmpp2M, .dpmpp2MKarras]),
        "use_flow_sigmas": ([.bool(false)], multistep),
        "use_dynamic_shifting": ([.bool(false)], multistep),
        "algorithm_type": (
            [.string("dpmsolver++"), .string("deis")], [.dpmpp2M, .dpmpp2MKarras]
        ),
        "interpolation_type": ([.string("linear")], [.euler]),
        "timestep_type": ([.string("discrete")], [.euler]),
        "predict_x0": ([.bool(true)], [.unipc]),
        "predict_epsilon": ([.bool(true)], SchedulerKind.allCases),
        "solver_p": ([.null], [.unipc]),
        "shift_terminal": ([.null], [.unipc]),
    ]

    /// Options that only qualify one of those above.
    private static let withoutEffect: Set = [
        "dynamic_thresholding_ratio", "sample_max_value", "flow_shift", "time_shift_type",
    ]
}

/// A value of JSON that is neither an object nor an array.
enum JSONScalar: Sendable, Hashable, Decodable, CustomStringConvertible {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case compound

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
        } else {
            self = .compound
        }
    }

    var description: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): "\"\(value)\""
        case .compound: "[…]"
        }
    }
}
