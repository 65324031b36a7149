/// A prompt as a row of words, under one way of reading it.
struct PromptReading {
    /// One word of a prompt.
    struct Word {
        /// Compatibility-decomposed, in lower case, without diacritics.
        var text: String
        /// The words that it can be read as: `text` alone, or with letters for its digits and signs.
        var spellings: [String] = []
        /// As it was written, without a possessive ending.
        var original: String
        /// Its place in the prompt.
        var range: Range<String.Index>
        /// Whether it was put together from single letters that stood apart.
        var isSpelled = false
    }

    /// The words in the order of the prompt.
    let words: [Word]

    /// The ways in which a prompt is read: plainly; without its disguises; and with words put together that only
    /// punctuation separates.
    static func all(of prompt: String) -> [PromptReading] {
        let plain = PromptReading(words: PromptWords(prompt).words)
        let others = [PromptWords.Style.undisguised, .joined].map { style in
            PromptReading(words: PromptWords(prompt, style).words)
        }
        return [plain] + others.filter { $0.differs(from: plain) }
    }

    /// Whether a disguised reading can find what the plain one does not.
    private func differs(from plain: PromptReading) -> Bool {
        words.map(\.text) != plain.words.map(\.text)
            || words.contains { $0.spellings.count > 1 }
    }

    /// The part of the prompt from the first to the last of some words.
    func range(of match: Range<Int>) -> Range<String.Index> {
        words[match.lowerBound].range.lowerBound..<words[match.upperBound - 1].range.upperBound
    }
}
