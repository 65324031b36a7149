// The standard library's own composition. Foundation's on Linux has the tables of an older Unicode:
// it leaves some Hangul and some mark orders uncomposed.
@_spi(_Unicode) import Swift

extension CLIPTokenizer {
    /// The text composed (Unicode NFC), every run of whitespace as one space, in lower case.
    static func normalized(_ scalars: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        for scalar in composed(scalars) {
            if scalar.properties.isWhitespace {
                if result.last != " " { result.append(" ") }
            } else if scalar.isASCII {
                result.append(scalar.lowercasedASCII)
            } else if scalar.properties.changesWhenLowercased {
                result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return result
    }

    /// Cuts normalized text into the words that byte pairs are merged within.
    ///
    /// A word is a contraction ('s, 't, 're, 've, 'm, 'll, 'd), a run of letters, one digit, or a
    /// run of anything else but whitespace.
    static func words(of scalars: ArraySlice<Unicode.Scalar>) -> [ArraySlice<Unicode.Scalar>] {
        var words: [ArraySlice<Unicode.Scalar>] = []
        var rest = scalars
        while let first = rest.first {
            let kind = Kind(first)
            if kind == .whitespace {
                rest = rest.dropFirst()
                continue
            }
            let end = boundaryOfControlText(rest) ?? endOfWord(rest, kind: kind)
            words += splitByKind(rest[..<end])
            rest = rest[end...]
        }
        return words
    }

    /// The text in NFC, by the tables of Unicode 9 that the reference has: to it, scalars assigned
    /// later neither combine nor change places.
    private static func composed(_ scalars: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        // Nothing below U+0300 combines, so such text is composed already.
        guard scalars.contains(where: { $0.value >= 0x300 }) else { return Array(scalars) }
        var result: [Unicode.Scalar] = []
        var rest = scalars
        while !rest.isEmpty {
            let known = rest.prefix { $0.isAssigned(in: 9) }
            var text = String.UnicodeScalarView()
            for scalar in known { text.append(contentsOf: tibetanVowels[scalar] ?? [scalar]) }
            result += String(text)._nfc
            rest = rest[known.endIndex...]
            let unknown = rest.prefix { !$0.isAssigned(in: 9) }
            result += unknown
            rest = rest[unknown.endIndex...]
        }
        return result
    }

    /// The scalars of class 0 that decompose into marks, which `_nfc` does not put in order.
    private static let tibetanVowels: [Unicode.Scalar: [Unicode.Scalar]] = [
        "\u{F73}": ["\u{F71}", "\u{F72}"], "\u{F75}": ["\u{F71}", "\u{F74}"],
        "\u{F81}": ["\u{F71}", "\u{F80}"],
    ]

    private static func endOfWord(_ text: ArraySlice<Unicode.Scalar>, kind: Kind) -> Int {
        if let contraction = contractions.first(where: { text.starts(with: $0) }) {
            return text.startIndex + contraction.count
        }
        if kind == .number { return text.startIndex + 1 }
        return text.firstIndex { Kind($0) != kind } ?? text.endIndex
    }

    /// The end of `<|startoftext|>` or `<|endoftext|>` when the text begins with it.
    private static func boundaryOfControlText(_ text: ArraySlice<Unicode.Scalar>) -> Int? {
        guard text.first == "<" else { return nil }
        return controlTexts.first { text.starts(with: $0) }.map { text.startIndex + $0.count }
    }

    /// The runs of one kind in a word; only control text in capitals has more than one.
    private static func splitByKind(
        _ word: ArraySlice<Unicode.Scalar>
    ) -> [ArraySlice<Unicode.Scalar>] {
        guard word.first == "<" else { return [word] }
        var runs: [ArraySlice<Unicode.Scalar>] = []
        var rest = word
        while let first = rest.first {
            let kind = Kind(first)
            let end = rest.firstIndex { Kind($0) != kind } ?? rest.endIndex
            runs.append(rest[..<end])
            rest = rest[end...]
        }
        return runs
    }

    private static let contractions: [[Unicode.Scalar]] =
        ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map { Array($0.unicodeScalars) }

    private static let controlTexts: [[Unicode.Scalar]] =
        ["<|startoftext|>", "<|endoftext|>"].map { Array($0.unicodeScalars) }

    /// What a scalar is to the word splitter.
    enum Kind {
        case letter, number, whitespace, other

        init(_ scalar: Unicode.Scalar) {
            if scalar.isASCII {
                self =
                    switch scalar {
                    case "a"..."z", "A"..."Z": .letter
                    case "0"..."9": .number
                    case " ", "\t"..."\r": .whitespace
                    default: .other
                    }
                return
            }
            // The reference's patterns know Unicode 16: to them, scalars assigned later are symbols.
            guard scalar.isAssigned(in: 16) else {
                self = .other
                return
            }
            let properties = scalar.properties
            self =
                switch properties.generalCategory {
                case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter,
                    .otherLetter:
                    .letter
                case .decimalNumber, .letterNumber, .otherNumber:
                    .number
                default:
                    properties.isWhitespace ? .whitespace : .other
                }
        }
    }
}

extension Unicode.Scalar {
    /// Whether the scalar was a character in that version of Unicode.
    fileprivate func isAssigned(in majorVersion: Int) -> Bool {
        value < 0x300 || (properties.age.map { $0.major <= majorVersion } ?? false)
    }

    fileprivate var lowercasedASCII: Unicode.Scalar {
        "A"..."Z" ~= self ? Unicode.Scalar(UInt8(value) + 32) : self
    }
}
