/// Digits and signs that stand for letters, as in "gr3en", and letters written many times, as in "greeeen".
enum Disguise {
    /// Whether a character can stand for a letter.
    static func canHide(_ character: Unicode.Scalar) -> Bool { table[character] != nil }

    /// The words that a word can be read as, itself first.
    ///
    /// A number is a number, and a word with more readings than `longest` is a code.
    static func spellings(of word: String) -> [String] {
        guard word.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return [] }
        var spellings = [""]
        var rest = Substring(word).unicodeScalars
        while let first = rest.first {
            let run = rest.prefix { $0 == first }
            let isStretched = run.count >= 3 && first.properties.isAlphabetic
            let length = isStretched ? run.count : 1
            let choices = choices(first, length: length)
            guard spellings.count * choices.count <= longest else { return [word] }
            spellings = choices.flatMap { choice in spellings.map { $0 + choice } }
            rest = rest.dropFirst(length)
        }
        return spellings
    }

    /// What one character, or a stretched one, can be read as.
    private static func choices(_ scalar: Unicode.Scalar, length: Int) -> [String] {
        let own = Character(scalar)
        return [String(repeating: own, count: length)]
            + (length > 1
                ? ["\(own)", "\(own)\(own)"] : table[scalar].map { $0.map(String.init) } ?? [])
    }

    private static let longest = 1_000

    private static let table: [Unicode.Scalar: String] = [
        "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b",
        "9": "g", "@": "a", "$": "s", "€": "e", "£": "l", "!": "il", "|": "il", "+": "t",
        "*": "abcdefghijklmnopqrstuvwxyz",
    ]
}
