import Foundation

/// What a character of a prompt means for the words in it.
enum FoldedCharacter: Equatable {
    /// Part of a word: lower case, without diacritics, in the letters that compatible forms stand for.
    case letters(String)
    /// A sign that can stand for a letter, such as $.
    case sign(Unicode.Scalar)
    /// A picture sign, a word by itself.
    case ideogram
    /// Within words only, and not seen there.
    case apostrophe
    /// Nothing that is seen, such as a soft hyphen or a zero-width space.
    case invisible
    /// White space.
    case space
    /// All other punctuation.
    case punctuation

    init(_ character: Character, mapsConfusables: Bool) {
        if character.isWhitespace {
            self = .space
            return
        }
        if character == "'" || character == "’" {
            self = .apostrophe
            return
        }
        if let scalar = character.unicodeScalars.first, !character.isNumber, !character.isLetter,
            Disguise.canHide(scalar)
        {
            self = .sign(scalar)
            return
        }
        let letters = Self.letters(of: character, mapsConfusables: mapsConfusables)
        if !letters.isEmpty {
            self = .letters(letters)
        } else if character.unicodeScalars.allSatisfy(Self.isInvisible) {
            self = .invisible
        } else {
            let isPicture = character.unicodeScalars.contains { $0.properties.isEmojiPresentation }
            self = isPicture ? .ideogram : .punctuation
        }
    }

    /// Whether a sign belongs to the word around it: something follows it directly, or it is $ as in "a$$".
    static func isPart(_ sign: Character, before next: Character) -> Bool {
        next.isLetter || next.isNumber || sign == "$" && (next == "$" || next.isWhitespace)
    }

    private static func letters(of character: Character, mapsConfusables: Bool) -> String {
        if character.isASCII {
            return character.isLetter || character.isNumber
                ? character.lowercased() : ""
        }
        let decomposed = String(character).decomposedStringWithCompatibilityMapping.lowercased()
        var letters = ""
        for scalar in decomposed.unicodeScalars {
            if mapsConfusables, let letter = Confusables.letter(for: scalar) {
                letters += letter
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                letters.unicodeScalars.append(scalar)
            }
        }
        return letters
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        let category = scalar.properties.generalCategory
        return scalar.properties.isDefaultIgnorableCodePoint
            || [.format, .nonspacingMark, .enclosingMark].contains(category)
    }
}
