/// Phrases, found quickly by the words with which they begin.
struct PhraseIndex: Sendable {
    private let phrases: [Phrase]
    private let byFirstWord: [String: [Phrase]]
    /// The phrases that begin with more than certain words.
    private let others: [Phrase]

    init(_ phrases: [Phrase]) {
        self.phrases = phrases
        others = phrases.filter { $0.firstWords == nil }
        byFirstWord = phrases.reduce(into: [:]) { index, phrase in
            for word in phrase.firstWords ?? [] { index[word, default: []].append(phrase) }
        }
    }

    /// The places where a phrase occurs, each from its first word to behind its last one.
    func matches(in reading: PromptReading) -> [Range<Int>] {
        reading.words.indices.flatMap { start in
            candidates(for: reading.words[start]).compactMap { phrase in
                phrase.end(from: start, in: reading).map { start..<$0 }
            }
        }
    }

    /// Whether a phrase occurs anywhere.
    func occurs(in reading: PromptReading) -> Bool { !matches(in: reading).isEmpty }

    private func candidates(for word: PromptReading.Word) -> [Phrase] {
        // A word of single letters may have caught its neighbours.
        guard !word.isSpelled else { return phrases }
        return word.spellings.flatMap { byFirstWord[$0] ?? [] } + others
    }
}
