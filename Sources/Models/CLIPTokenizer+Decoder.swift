extension CLIPTokenizer {
    /// The 256 printable characters that stand for bytes in vocabulary and merges.
    enum ByteAlphabet {
        /// The letter of every byte: the byte itself where it is printable in Latin-1, else U+0100 and up.
        static let letters: [String] = {
            var next: UInt32 = 256
            return (0..<256).map { byte in
                switch byte {
                case 33...126, 161...172, 174...255:
                    return String(Unicode.Scalar(UInt8(byte)))
                default:
                    defer { next += 1 }
                    return Unicode.Scalar(next).map(String.init) ?? ""
                }
            }
        }()

        /// The byte of every letter.
        static let bytes: [Unicode.Scalar: UInt8] = {
            var bytes: [Unicode.Scalar: UInt8] = [:]
            for (byte, letter) in letters.enumerated() {
                for scalar in letter.unicodeScalars { bytes[scalar] = UInt8(byte) }
            }
            return bytes
        }()
    }

    /// Turns ids back into text.
    struct Decoder: Sendable {
        private var tokens: [Int: [UInt8]]
        private var specialIDs: Set<Int> = []

        init(vocabulary: Vocabulary, added: [AddedToken]) {
            tokens = .init(minimumCapacity: vocabulary.ids.count)
            for (token, id) in vocabulary.ids { tokens[id] = token }
            for token in added {
                tokens[token.id] = token.pattern.flatMap(\.utf8)
                if token.isSpecial { specialIDs.insert(token.id) }
            }
        }

        func text(of ids: [Int], skipsSpecialTokens: Bool) -> String {
            var result: [UInt8] = []
            for id in ids where !(skipsSpecialTokens && specialIDs.contains(id)) {
                result += tokens[id].map(Self.bytes) ?? []
            }
            let text = String(decoding: Self.spacesForEndOfWord(result), as: UTF8.self)
            let scalars = text.unicodeScalars
            guard let first = scalars.firstIndex(where: { !$0.isStripped }),
                let last = scalars.lastIndex(where: { !$0.isStripped })
            else { return "" }
            return String(scalars[first...last])
        }

        /// The bytes that a token's letters stand for; a token with any other letter is plain UTF-8.
        private static func bytes(of token: [UInt8]) -> [UInt8] {
            let letters = String(decoding: token, as: UTF8.self).unicodeScalars
            let bytes = letters.compactMap { ByteAlphabet.bytes[$0] }
            return bytes.count == letters.count ? bytes : token
        }

        private static func spacesForEndOfWord(_ bytes: [UInt8]) -> [UInt8] {
            let mark = Array(Vocabulary.endOfWord.utf8)
            var result: [UInt8] = []
            var rest = bytes[...]
            while let byte = rest.first {
                if byte == mark[0], rest.starts(with: mark) {
                    result.append(UInt8(ascii: " "))
                    rest = rest.dropFirst(mark.count)
                } else {
                    result.append(byte)
                    rest = rest.dropFirst()
                }
            }
            return result
        }
    }
}

extension Unicode.Scalar {
    /// Whether Python's `str.strip` removes the scalar: whitespace and the four ASCII separators.
    fileprivate var isStripped: Bool {
        properties.isWhitespace || (0x1C...0x1F).contains(value)
    }
}
