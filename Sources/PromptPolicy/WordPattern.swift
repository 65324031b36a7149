/// One word of a phrase.
///
/// A word stands for itself in any case, or in its own case where it has a capital letter; `*` before or behind it stands
/// for any letters. In braces stand kinds of words: `{capitalized}`, `{email}`, `{code}` and `{digits}`, which takes a
/// number of digits, as in `{digits:4}`, `{digits:1-2}` or `{digits:5-}`.
enum WordPattern: Sendable {
    /// A word, or a part of one.
    case text(Text)
    /// A word with a capital letter at its beginning and none behind.
    case capitalized
    /// An electronic mail address.
    case email
    /// A word with four and more digits, such as "A12345".
    case code
    /// A number of so many digits.
    case digits(ClosedRange<Int>)

    /// A word, or a part of one.
    struct Text: Sendable {
        /// Where in a word the text must stand.
        enum Place: Sendable {
            case whole, beginning, end, anywhere
        }

        let place: Place
        /// As plain readings have it.
        let folded: String
        /// As the other readings have it.
        let undisguised: String
        /// Set where upper and lower case matter.
        let original: String?
    }

    func matches(_ word: PromptReading.Word) -> Bool {
        switch self {
        case .text(let text):
            text.matches(word)
        case .capitalized:
            word.original.first?.isUppercase == true && word.original.count > 1
                && word.original.dropFirst().allSatisfy { !$0.isUppercase && !$0.isNumber }
        case .email:
            word.text.contains("@") && word.text.contains(".")
        case .code:
            word.text.count(where: \.isDigit) >= 4
        case .digits(let count):
            count.contains(word.text.count) && word.text.allSatisfy(\.isDigit)
        }
    }
}

extension WordPattern.Text {
    fileprivate func matches(_ word: PromptReading.Word) -> Bool {
        if let original { return word.original == original }
        // A word of single letters may have caught its neighbours.
        let place = word.isSpelled && undisguised.count >= 4 ? .anywhere : place
        return word.spellings.contains { spelling in
            [folded, undisguised].contains { Self.occurs($0, in: spelling, place) }
        }
    }

    private static func occurs(_ text: String, in word: String, _ place: Place) -> Bool {
        switch place {
        case .whole: word == text
        case .beginning: word.hasPrefix(text)
        case .end: word.hasSuffix(text)
        case .anywhere: word.contains(text)
        }
    }
}

extension Character {
    fileprivate var isDigit: Bool {
        unicodeScalars.allSatisfy { $0.properties.numericType == .decimal }
    }
}
