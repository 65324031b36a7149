public import PromptPolicy

/// Why a policy or a table of prompts cannot be used.
public enum PolicyFailure: Error, Equatable, Sendable {
    /// A file is not what it has to be.
    case file(path: String, error: PolicyError)
    /// A file is not text in UTF-8.
    case notText(path: String)
    /// The policy does with some prompts what the table does not expect.
    case unexpected(count: Int, promptCount: Int)
}

extension PolicyFailure: CustomStringConvertible {
    /// What failed, what was found and what to do.
    public var description: String {
        switch self {
        case .file(let path, let error): "\(path): \(error)"
        case .notText(let path): "\(path) is not text in UTF-8; save it so"
        case .unexpected(let count, let promptCount):
            "\(count) of \(promptCount) prompts have another outcome than the table expects; "
                + "change the policy's rules or the table"
        }
    }
}
