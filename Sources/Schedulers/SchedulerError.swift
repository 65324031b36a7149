/// Why a scheduler cannot be made.
public enum SchedulerError: Error, Hashable {
    /// No scheduler has this name; `suggestion` is the nearest one that exists.
    case unknownName(String, suggestion: String?)
    /// scheduler_config.json names a diffusers class that has no counterpart here.
    case unsupportedClass(String?)
    /// The option is known, but not with this value for this scheduler.
    case unsupportedOption(key: String, value: String, supported: String)
    /// The option is not one of diffusers' that are known here.
    case unknownOption(key: String)
    /// The value is outside the range that has a meaning.
    case invalidValue(key: String, value: String, expected: String)
    /// The file is missing or not JSON of the needed form.
    case unreadable(file: String, reason: String)
}

extension SchedulerError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        let names = SchedulerKind.allCases.map(\.rawValue).joined(separator: ", ")
        switch self {
        case .unknownName(let name, let suggestion?):
            return "there is no scheduler \"\(name)\"; did you mean \"\(suggestion)\"? "
                + "Available: \(names)"
        case .unknownName(let name, nil):
            return "there is no scheduler \"\(name)\"; available: \(names)"
        case .unsupportedClass(let name?):
            return "the model's scheduler class \(name) is not supported; "
                + "choose another scheduler: \(names)"
        case .unsupportedClass(nil):
            return "the scheduler configuration has no _class_name; choose a scheduler: \(names)"
        case .unsupportedOption(let key, let value, let supported):
            return "scheduler option \(key) = \(value) is not supported; supported: \(supported)"
        case .unknownOption(let key):
            return "scheduler option \(key) is unknown; remove it if it has no effect on the model"
        case .invalidValue(let key, let value, let expected):
            return "scheduler option \(key) = \(value) is out of range; expected: \(expected)"
        case .unreadable(let file, let reason):
            return "\(file): \(reason)"
        }
    }
}
