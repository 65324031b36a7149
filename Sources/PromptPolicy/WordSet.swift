/// Words of which a phrase wants one.
struct WordSet: Sendable {
    /// All of the patterns.
    private let patterns: [WordPattern]
    /// The words that are found as they are.
    private let wholeWords: Set<String>
    /// The patterns that need a look at the word.
    private let others: [WordPattern]

    init(_ patterns: [WordPattern]) {
        self.patterns = patterns
        wholeWords = Set(patterns.flatMap { $0.wholeWords ?? [] })
        others = patterns.filter { $0.wholeWords == nil }
    }

    /// A set of the words of some sets.
    init(_ sets: [WordSet]) { self.init(sets.flatMap(\.patterns)) }

    /// The words that are found as they are, where the set has no others.
    var plainWords: Set<String>? { others.isEmpty ? wholeWords : nil }

    func contains(_ word: PromptReading.Word) -> Bool {
        word.spellings.contains(where: wholeWords.contains)
            || (word.isSpelled ? patterns : others).contains { $0.matches(word) }
    }
}

extension WordPattern {
    /// The words that are found wherever a prompt has them, in any case; nil for all other patterns.
    fileprivate var wholeWords: [String]? {
        guard case .text(let text) = self, text.place == .whole, text.original == nil else {
            return nil
        }
        return [text.folded, text.undisguised]
    }
}
