/// Which records are meant; nil and empty mean any.
public struct ImageQuery: Sendable, Hashable {
    /// Whether records count whose file was removed.
    public enum Removal: String, Sendable, CaseIterable {
        /// Only records whose file was not removed.
        case excluded
        /// Both.
        case included
        /// Only those whose file was removed.
        case only
    }

    /// Where the pixels come from.
    public var kind: ImageRecord.Kind?
    /// How the request ended.
    public var outcome: ImageRecord.Outcome?
    /// How far the expert review is.
    public var review: ReviewState?
    /// Exact labels.
    public var labels = ImageLabels()
    /// The model's name.
    public var model: String?
    /// Words, all of which the prompt, the labels or the source contain; a word's beginning is enough,
    /// and its grammatical ending does not matter.
    public var text: String?
    /// Recorded at this moment or later.
    public var since: Timestamp?
    /// Recorded before this moment.
    public var until: Timestamp?
    /// Whether removed images count.
    public var removal = Removal.excluded

    /// Means all records whose file was not removed.
    public init() {}
}

extension ImageQuery: LosslessStringConvertible {
    private static let keys = [
        "kind", "outcome", "review", "modality", "anatomy", "view", "finding", "sex", "model",
        "since", "until", "removed",
    ]

    /// Reads a query such as `kind=synthetic anatomy=hand "finding=no finding" fracture`.
    ///
    /// Words without an equals sign are looked for in the texts.
    public init?(_ description: String) {
        do { self = try ImageQuery(parsing: description) } catch { return nil }
    }

    /// Reads a query, or says which word is not understood.
    ///
    /// - Throws: `ArchiveError.invalidQuery`.
    public init(parsing text: String) throws(ArchiveError) {
        self.init()
        var words: [String] = []
        for word in Self.words(of: text) {
            guard let equals = word.firstIndex(of: "=") else {
                words.append(word)
                continue
            }
            try set(String(word[..<equals]), to: String(word[word.index(after: equals)...]), word)
        }
        self.text = words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The query as `init(parsing:)` reads it.
    public var description: String {
        let pairs: [(String, String?)] = [
            ("kind", kind?.rawValue), ("outcome", outcome?.rawValue), ("review", review?.rawValue),
            ("modality", labels.modality), ("anatomy", labels.anatomy), ("view", labels.view),
            ("finding", labels.finding), ("sex", labels.sex), ("model", model),
            ("since", since?.description), ("until", until?.description),
            ("removed", removal == .excluded ? nil : removal.rawValue),
        ]
        let filters = pairs.compactMap { key, value in value.map { "\(key)=\($0)" } }
        return (filters.map(Self.quoted) + (text.map { [$0] } ?? [])).joined(separator: " ")
    }

    private mutating func set(
        _ key: String,
        to value: String,
        _ word: String
    ) throws(ArchiveError) {
        func choice<Choice>() throws(ArchiveError) -> Choice
        where Choice: RawRepresentable<String> & CaseIterable {
            guard let choice = Choice(rawValue: value) else {
                let allowed = Choice.allCases.map { "\(key)=\($0.rawValue)" }
                throw .invalidQuery(word: word, allowed: allowed)
            }
            return choice
        }
        func time() throws(ArchiveError) -> Timestamp {
            guard let time = Timestamp(value) else {
                throw .invalidQuery(word: word, allowed: ["\(key)=2026-01-31"])
            }
            return time
        }
        switch key {
        case "kind": kind = try choice()
        case "outcome": outcome = try choice()
        case "review": review = try choice()
        case "modality": labels.modality = value
        case "anatomy": labels.anatomy = value
        case "view": labels.view = value
        case "finding": labels.finding = value
        case "sex": labels.sex = value
        case "model": model = value
        case "since": since = try time()
        case "until": until = try time()
        case "removed": removal = try choice()
        default:
            throw .invalidQuery(word: word, allowed: Self.keys.map { "\($0)=…" } + ["words"])
        }
    }

    /// The words of a text; quotes hold together what has spaces in it.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var isQuoted = false
        var word: String?
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
                word = word ?? ""
            } else if character.isWhitespace && !isQuoted {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }

    private static func quoted(_ word: String) -> String {
        word.contains(where: \.isWhitespace) ? "\"\(word)\"" : word
    }
}
