extension CLIPTokenizer {
    /// A token that is found in the text as a whole, before words are split.
    struct AddedToken: Sendable, Equatable {
        var content: String
        var id = 0
        /// Whether the token only counts where no word character touches it.
        var isSingleWord = false
        /// Whether the token swallows the whitespace before it.
        var stripsLeft = false
        /// Whether the token swallows the whitespace after it.
        var stripsRight = false
        /// Whether the token is looked for in the normalized text, in its own normalized form.
        var isNormalized = false
        /// Whether decoding can leave the token out.
        var isSpecial = true
        /// Whether the file gave the content only.
        var isPlainText = false

        /// What is looked for in the text, and what decoding gives back.
        var pattern: [Unicode.Scalar] {
            let scalars = ArraySlice(content.unicodeScalars)
            return isNormalized ? CLIPTokenizer.normalized(scalars) : Array(scalars)
        }
    }

    /// Finds added tokens in a text.
    struct AddedTokens: Sendable {
        /// Before or after normalization.
        enum Stage { case raw, normalized }

        /// A part of the text: a token that was found, or what lies between two of them.
        enum Piece {
            case token(id: Int)
            case text(ArraySlice<Unicode.Scalar>)
        }

        private struct Pattern {
            let token: AddedToken
            let scalars: [Unicode.Scalar]
        }

        // Longest first, so that the first pattern that matches is the longest.
        private let rawPatterns: [Pattern]
        private let normalizedPatterns: [Pattern]

        init(_ tokens: [AddedToken]) {
            let patterns = tokens.map { Pattern(token: $0, scalars: $0.pattern) }
                .filter { !$0.scalars.isEmpty }
                .sorted { $0.scalars.count > $1.scalars.count }
            rawPatterns = patterns.filter { !$0.token.isNormalized }
            normalizedPatterns = patterns.filter(\.token.isNormalized)
        }

        /// Cuts the text at the tokens of one stage; leftmost wins, then longest.
        func split(_ text: ArraySlice<Unicode.Scalar>, stage: Stage) -> [Piece] {
            let patterns = stage == .raw ? rawPatterns : normalizedPatterns
            let firstScalars = Set(patterns.compactMap(\.scalars.first))
            var pieces: [Piece] = []
            var start = text.startIndex
            var position = text.startIndex
            while position < text.endIndex {
                guard firstScalars.contains(text[position]),
                    let match = patterns.first(where: { text[position...].starts(with: $0.scalars) }
                    )
                else {
                    position += 1
                    continue
                }
                let matched = position..<position + match.scalars.count
                position = matched.upperBound
                guard let range = match.token.extent(of: matched, in: text, from: start) else {
                    continue
                }
                if start < range.lowerBound { pieces.append(.text(text[start..<range.lowerBound])) }
                pieces.append(.token(id: match.token.id))
                start = range.upperBound
                position = max(position, start)
            }
            if start < text.endIndex { pieces.append(.text(text[start...])) }
            return pieces
        }
    }
}

extension CLIPTokenizer.AddedToken {
    /// What the token takes out of the text, of which the part before `start` is taken already, or
    /// nil when it does not count there.
    fileprivate func extent(
        of match: Range<Int>,
        in text: ArraySlice<Unicode.Scalar>,
        from start: Int
    ) -> Range<Int>? {
        let before = text[..<match.lowerBound]
        let after = text[match.upperBound...]
        let isWithinWord =
            before.last?.isWordCharacter == true || after.first?.isWordCharacter == true
        if isSingleWord, isWithinWord { return nil }
        var range = match
        if stripsLeft {
            let kept = before[start...].lastIndex { !$0.properties.isWhitespace }
            range = (kept.map { $0 + 1 } ?? start)..<range.upperBound
        }
        if stripsRight {
            let kept = after.firstIndex { !$0.properties.isWhitespace }
            range = range.lowerBound..<(kept ?? after.endIndex)
        }
        return range
    }
}

extension Unicode.Scalar {
    /// Whether regular expressions count the scalar as `\w` (Unicode Technical Standard 18, annex C).
    fileprivate var isWordCharacter: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
            true
        default:
            properties.isAlphabetic || properties.isJoinControl
        }
    }
}
