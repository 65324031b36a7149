/// A row of words that a rule looks for.
///
/// Written as words with spaces between them; `a|b` is one of some words, `{list}` one entry of a list, and `...` up to
/// eight words of any kind. `WordPattern` says how a word is written.
struct Phrase: Sendable {
    enum Element: Sendable {
        /// One of some words, or one of some phrases.
        case oneOf(WordSet, [Phrase])
        /// Up to `Phrase.longestGap` words.
        case gap
    }

    /// The words that `...` may stand for.
    static let longestGap = 8

    let elements: [Element]

    /// The word that is the whole phrase, or nil.
    var words: WordSet? {
        guard elements.count == 1, case .oneOf(let words, let phrases) = elements[0] else {
            return nil
        }
        return phrases.isEmpty ? words : nil
    }

    /// The words of which every match has one at its beginning; nil where others can stand there too.
    var firstWords: Set<String>? {
        guard case .oneOf(let words, let phrases) = elements.first else { return nil }
        return phrases.reduce(words.plainWords) { all, phrase in
            guard let all, let more = phrase.firstWords else { return nil }
            return all.union(more)
        }
    }

    /// Where the shortest match ends that begins at a word, or nil.
    func end(from start: Int, in reading: PromptReading) -> Int? {
        ends(from: [start], in: reading).min()
    }

    /// Where the phrase can end that begins at one of some words: all its matches are followed at once, so that no
    /// prompt takes long.
    private func ends(from starts: Set<Int>, in reading: PromptReading) -> Set<Int> {
        let count = reading.words.count
        return elements.reduce(starts) { positions, element in
            switch element {
            case .oneOf(let words, let phrases):
                let found = positions.filter { $0 < count && words.contains(reading.words[$0]) }
                return phrases.reduce(into: Set(found.map { $0 + 1 })) {
                    $0.formUnion($1.ends(from: positions, in: reading))
                }
            case .gap:
                return positions.reduce(into: []) { all, position in
                    all.formUnion(position...min(position + Self.longestGap, count))
                }
            }
        }
    }
}
