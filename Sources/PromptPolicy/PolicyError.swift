/// What is wrong with a policy or with a table that tests one.
public enum PolicyError: Error, Equatable, Sendable {
    /// What is wrong with a phrase.
    public enum PhraseProblem: Error, Equatable, Sendable {
        /// It has no words.
        case empty
        /// It begins or ends with a gap.
        case gapAtEdge
        /// One of its parts is not one word.
        case notOneWord(String)
        /// It names neither a list nor a kind of words.
        case unknownKind(String)
        /// A list that names itself.
        case circular(list: String)
    }

    /// The file is larger than a policy may be.
    case tooLarge(byteCount: Int, limit: Int)
    /// The JSON cannot be read, or a value in it has not the right type.
    case unreadable(place: String, reason: String)
    /// The file is of a format that this version does not know.
    case format(found: Int, known: Int)
    /// A key that the format does not have.
    case unknownKey(String, place: String, known: [String])
    /// An empty name, or a list that must not be empty.
    case empty(place: String)
    /// Two categories or two rules of one id.
    case duplicate(id: String, place: String)
    /// A rule names a category that there is not.
    case unknownCategory(String, rule: String, known: [String])
    /// A phrase that cannot be read.
    case phrase(String, place: String, problem: PhraseProblem)
    /// A line of a table that is no expectation and prompt.
    case tableLine(Int, text: String)
    /// A table expects what the policy has not.
    case unknownExpectation(String, line: Int, known: [String])
    /// A table without prompts.
    case emptyTable
}

extension PolicyError: CustomStringConvertible {
    /// What is wrong, what was found, and what to do.
    public var description: String {
        switch self {
        case .tooLarge(let count, let limit):
            "the policy has \(count) bytes, more than the \(limit) that a policy may have"
        case .unreadable(let place, let reason):
            "the policy cannot be read at \(place): \(reason)"
        case .format(let found, let known):
            "the policy is of format \(found), but this version reads format \(known)"
        case .unknownKey(let key, let place, let known):
            "the policy has the key \"\(key)\" in \(place), which has only "
                + known.joined(separator: ", ")
        case .empty(let place):
            "the policy has nothing in \(place); fill it or leave it out"
        case .duplicate(let id, let place):
            "the policy has \"\(id)\" twice in \(place); give one of them another id"
        case .unknownCategory(let category, let rule, let known):
            "the rule \(rule) is of the category \"\(category)\", but the policy has only "
                + known.joined(separator: ", ")
        case .phrase(let text, let place, let problem):
            "the phrase \"\(text)\" of \(place) \(problem)"
        case .tableLine(let line, let text):
            "line \(line) of the table is \"\(text.prefix(60))\"; "
                + "expected what should happen, a tab, and the prompt"
        case .unknownExpectation(let text, let line, let known):
            "line \(line) of the table expects \"\(text)\"; the policy knows "
                + known.joined(separator: ", ")
        case .emptyTable:
            "the table has no prompts; give each a line: what should happen, a tab, and the prompt"
        }
    }
}

extension PolicyError.PhraseProblem: CustomStringConvertible {
    /// What is wrong, as the end of a sentence about the phrase.
    public var description: String {
        switch self {
        case .empty:
            "has no words"
        case .gapAtEdge:
            "begins or ends with \"...\", which stands between words only"
        case .notOneWord(let text):
            "has the part \"\(text)\", which is not one word; "
                + "write words as letters and digits with spaces between them"
        case .unknownKind(let text):
            "has \"\(text)\", which is neither a list of the policy nor {capitalized}, {email}, {code}, "
                + "{digits} or a number of digits such as {digits:4} or {digits:1-2}"
        case .circular(let list):
            "needs the list \(list), which needs this one"
        }
    }
}
