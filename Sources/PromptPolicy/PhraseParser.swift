/// Reads phrases and the lists that they name.
struct PhraseParser {
    private let entries: [String: [String]]
    private(set) var lists: [String: [Phrase]] = [:]

    /// Reads the lists of a policy.
    ///
    /// - Throws: `PolicyError.phrase`.
    init(lists entries: [String: [String]]) throws(PolicyError) {
        self.entries = entries
        for name in entries.keys.sorted() { try resolve(name, within: []) }
    }

    /// Reads phrases; the place where they stand in the policy is for errors.
    func phrases(_ texts: [String], place: String) throws(PolicyError) -> [Phrase] {
        var phrases: [Phrase] = []
        for text in texts { phrases.append(try phrase(text, place: place)) }
        return phrases
    }

    private func phrase(_ text: String, place: String) throws(PolicyError) -> Phrase {
        func failure(_ problem: PolicyError.PhraseProblem) -> PolicyError {
            .phrase(text, place: place, problem: problem)
        }
        var elements: [Phrase.Element] = []
        for item in text.split(separator: " ") {
            if item == "..." {
                elements.append(.gap)
                continue
            }
            var choices: [Phrase] = []
            for choice in item.split(separator: "|", omittingEmptySubsequences: false) {
                do throws(PolicyError.PhraseProblem) {
                    choices += try choicePhrases(String(choice))
                } catch { throw failure(error) }
            }
            let words = WordSet(choices.compactMap(\.words))
            elements.append(.oneOf(words, choices.filter { $0.words == nil }))
        }
        guard let first = elements.first, let last = elements.last else { throw failure(.empty) }
        if case .gap = first { throw failure(.gapAtEdge) }
        if case .gap = last { throw failure(.gapAtEdge) }
        return Phrase(elements: elements)
    }

    /// What one alternative of a word stands for.
    private func choicePhrases(_ text: String) throws(PolicyError.PhraseProblem) -> [Phrase] {
        if text.hasPrefix("{"), text.hasSuffix("}") {
            let name = String(text.dropFirst().dropLast())
            if let list = lists[name] { return list }
        }
        return [Phrase(elements: [.oneOf(WordSet([try WordPattern(text)]), [])])]
    }

    /// Reads a list after those that it names.
    private mutating func resolve(_ name: String, within: [String]) throws(PolicyError) {
        guard lists[name] == nil, let texts = entries[name] else { return }
        let place = "list \(name)"
        for text in texts {
            for (other, _) in entries where text.contains("{\(other)}") {
                guard !within.contains(other), other != name else {
                    throw .phrase(text, place: place, problem: .circular(list: other))
                }
                try resolve(other, within: within + [name])
            }
        }
        lists[name] = try phrases(texts, place: place)
    }
}

extension WordPattern {
    /// Reads a word of a phrase.
    init(_ text: String) throws(PolicyError.PhraseProblem) {
        if text.hasPrefix("{") || text.hasSuffix("}") {
            self = try Self.kind(text)
            return
        }
        let place: Text.Place =
            switch (text.hasPrefix("*"), text.hasSuffix("*")) {
            case (false, false): .whole
            case (false, true): .beginning
            case (true, false): .end
            case (true, true): .anywhere
            }
        let bare = text.drop { $0 == "*" }.reversed().drop { $0 == "*" }.reversed()
        let word = String(bare)
        let (plain, undisguised) = (PromptWords(word).words, PromptWords(word, .undisguised).words)
        guard plain.count == 1, undisguised.count == 1 else { throw .notOneWord(text) }
        self = .text(
            Text(
                place: place,
                folded: plain[0].text,
                undisguised: undisguised[0].text,
                original: word.contains(where: \.isUppercase) ? word : nil
            )
        )
    }

    private static func kind(_ text: String) throws(PolicyError.PhraseProblem) -> WordPattern {
        switch text {
        case "{capitalized}": return .capitalized
        case "{email}": return .email
        case "{code}": return .code
        case "{digits}": return .digits(1...Int.max)
        default: break
        }
        guard let match = text.wholeMatch(of: /\{digits:(\d{1,2})(-)?(\d{1,2})?\}/),
            let lower = Int(match.1), lower > 0
        else { throw .unknownKind(text) }
        let upper = match.3.flatMap { Int($0) } ?? (match.2 == nil ? lower : Int.max)
        guard match.2 != nil || match.3 == nil, upper >= lower else { throw .unknownKind(text) }
        return .digits(lower...upper)
    }
}
