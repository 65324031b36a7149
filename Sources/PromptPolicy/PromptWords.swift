/// Splits a prompt into words.
///
/// Words are runs of letters and digits. Marks that show nothing are passed over, wherever they stand; apostrophes do
/// not end a word, and an address with @ is one word.
struct PromptWords {
    /// How much a reading sees through.
    enum Style {
        /// Words as they are written.
        case plain
        /// Look-alikes are letters, signs within a word belong to it, single letters in a row are one word.
        case undisguised
        /// As undisguised, and words that only punctuation separates are one word.
        case joined
    }

    private(set) var words: [PromptReading.Word] = []
    private let style: Style
    private var current: PromptReading.Word?
    private var isAfterSpace = true

    init(_ prompt: String, _ style: Style = .plain) {
        self.style = style
        var index = prompt.startIndex
        while index < prompt.endIndex {
            let next = prompt.index(after: index)
            take(prompt[index], index..<next, next < prompt.endIndex ? prompt[next] : " ")
            index = next
        }
        endWord()
        guard style != .plain else {
            for index in words.indices { words[index].spellings = [words[index].text] }
            return
        }
        words = Self.joiningSingleLetters(words)
        for index in words.indices {
            words[index].spellings = Disguise.spellings(of: words[index].text)
        }
    }

    private mutating func take(
        _ character: Character,
        _ range: Range<String.Index>,
        _ next: Character
    ) {
        let folded = FoldedCharacter(character, mapsConfusables: style != .plain)
        switch folded {
        case .invisible,
            .apostrophe where current != nil:
            current?.original.append(character)
        case .letters(let letters):
            append(letters, character, range)
        case .sign(let sign)
        where style != .plain && FoldedCharacter.isPart(character, before: next)
            || sign == "@" && current != nil && !next.isWhitespace:
            append(String(Character(sign)), character, range)
        case .ideogram:
            endWord()
            append(String(character), character, range)
            endWord()
        case .space:
            endWord()
            isAfterSpace = true
        default:
            if current?.text.contains("@") == true, character == ".", !next.isWhitespace {
                append(".", character, range)
            } else {
                endWord()
            }
        }
    }

    private mutating func append(
        _ letters: String,
        _ character: Character,
        _ range: Range<String.Index>
    ) {
        if current == nil, style == .joined, !isAfterSpace { current = words.popLast() }
        if current == nil {
            current = PromptReading.Word(text: "", original: "", range: range)
        }
        current?.text += letters
        current?.original.append(character)
        current = current.map { word in
            var word = word
            word.range = word.range.lowerBound..<range.upperBound
            return word
        }
        isAfterSpace = false
    }

    private mutating func endWord() {
        guard var word = current else { return }
        current = nil
        for ending in ["'s", "’s", "'S", "’S"] where word.original.hasSuffix(ending) {
            word.original.removeLast(2)
            word.text.removeLast()
        }
        words.append(word)
    }

    /// Puts together three and more single letters in a row, as in "n u d e".
    private static func joiningSingleLetters(
        _ words: [PromptReading.Word]
    ) -> [PromptReading.Word] {
        var joined: [PromptReading.Word] = []
        var rest = words[...]
        while let first = rest.first {
            let letters = rest.prefix { $0.text.count == 1 }
            guard letters.count >= 3, letters.contains(where: { $0.text.first?.isLetter == true }),
                let last = letters.last
            else {
                joined.append(first)
                rest = rest.dropFirst()
                continue
            }
            joined.append(
                PromptReading.Word(
                    text: letters.map(\.text).joined(),
                    original: letters.map(\.original).joined(),
                    range: first.range.lowerBound..<last.range.upperBound,
                    isSpelled: true
                )
            )
            rest = rest.dropFirst(letters.count)
        }
        return joined
    }
}
