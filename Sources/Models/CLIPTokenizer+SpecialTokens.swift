extension CLIPTokenizer {
    /// Start, end, padding and unknown token, and all other tokens found in a text as a whole.
    struct SpecialTokens {
        let bosID: Int
        let eosID: Int
        let padID: Int
        let unknownID: Int
        /// Every added token once, with its id.
        let added: [AddedToken]

        /// Follows the precedence of transformers: `added_tokens_decoder` of the configuration
        /// alone, else `special_tokens_map.json` before the configuration, then `tokenizer.json`.
        init(files: Files) throws(TokenizerError) {
            let configuration = files.configuration
            var named = configuration.namedTokens
            let listed: [AddedToken]
            if let decoder = configuration.addedTokensDecoder {
                listed = decoder.sorted { $0.key < $1.key }.map { $1.token(hasRole: false) }
            } else {
                named.merge(files.specialTokensMap) { $1 }
                listed = (files.storedAddedTokens ?? []).map { $0.token(hasRole: false) }
            }
            var tokens = listed
            var contents: [String: String] = [:]
            for (name, standard) in Self.names {
                guard let content = named[name]?.content ?? standard else { continue }
                contents[name] = content
                let token =
                    named[name]?.token(hasRole: true)
                    ?? .init(content: content, isPlainText: true)
                guard !listed.contains(where: { $0.content.isIdentical(to: content) }),
                    !tokens.contains(token)
                else { continue }
                tokens.append(token)
            }
            self.added = Self.withIDs(tokens, vocabulary: files.vocabulary)
            let added = self.added
            func id(_ name: String) throws(TokenizerError) -> Int {
                let content = contents[name] ?? ""
                guard let token = added.first(where: { $0.content.isIdentical(to: content) }) else {
                    throw .missingSpecialToken(path: files.vocabularyPath, token: content)
                }
                return token.id
            }
            self.bosID = try id("bos_token")
            self.eosID = try id("eos_token")
            self.padID = try id("pad_token")
            self.unknownID = try id("unk_token")
            for token in [bosID, eosID, unknownID] where token > files.vocabulary.highestID {
                let content = added.first { $0.id == token }?.content ?? ""
                throw .missingSpecialToken(path: files.vocabularyPath, token: content)
            }
        }

        /// The roles that transformers knows, in its order, with the tokens CLIP has for them.
        private static let names: [(name: String, standard: String?)] = [
            ("bos_token", "<|startoftext|>"), ("eos_token", "<|endoftext|>"),
            ("unk_token", "<|endoftext|>"), ("sep_token", nil), ("pad_token", "<|endoftext|>"),
            ("cls_token", nil), ("mask_token", nil),
        ]

        /// One token for each content, the last one; those the vocabulary lacks follow it.
        private static func withIDs(
            _ tokens: [AddedToken],
            vocabulary: Vocabulary
        ) -> [AddedToken] {
            var result: [AddedToken] = []
            var next = vocabulary.ids.count
            for var token in tokens where !token.content.isEmpty {
                if let index = result.firstIndex(where: {
                    $0.content.isIdentical(to: token.content)
                }) {
                    token.id = result[index].id
                    result[index] = token
                    continue
                }
                token.id = vocabulary[token.content] ?? next
                next = max(next, token.id + 1)
                result.append(token)
            }
            return result
        }
    }

    /// `tokenizer_config.json`, as far as encoding depends on it.
    struct Configuration: Decodable {
        var modelMaxLength: Double?
        var addedTokensDecoder: [Int: TokenEntry]?
        var namedTokens: [String: TokenEntry] = [:]

        private enum CodingKeys: String, CodingKey {
            case modelMaxLength = "model_max_length"
            case addedTokensDecoder = "added_tokens_decoder"
        }

        init() {}

        init(from decoder: any Swift.Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            modelMaxLength = try values.decodeIfPresent(Double.self, forKey: .modelMaxLength)
            addedTokensDecoder = try values.decodeIfPresent(
                [Int: TokenEntry].self,
                forKey: .addedTokensDecoder
            )
            namedTokens = try SpecialTokensMap(from: decoder).tokens
        }
    }

    /// `special_tokens_map.json`: the token of each role.
    struct SpecialTokensMap: Decodable {
        var tokens: [String: TokenEntry] = [:]

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case bos = "bos_token"
            case eos = "eos_token"
            case unknown = "unk_token"
            case separator = "sep_token"
            case padding = "pad_token"
            case classification = "cls_token"
            case mask = "mask_token"
        }

        init(from decoder: any Swift.Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            for key in CodingKeys.allCases {
                tokens[key.rawValue] = try values.decodeIfPresent(TokenEntry.self, forKey: key)
            }
        }
    }

    /// A token in a JSON file: its content alone, or an object with the ways it is looked for.
    struct TokenEntry: Decodable {
        let content: String
        private let isPlainText: Bool
        private var isSingleWord = false
        private var stripsLeft = false
        private var stripsRight = false
        private var isNormalized: Bool?
        private var isSpecial: Bool?

        private enum CodingKeys: String, CodingKey {
            case content, lstrip, rstrip, normalized, special
            case singleWord = "single_word"
        }

        init(from decoder: any Swift.Decoder) throws {
            if let content = try? decoder.singleValueContainer().decode(String.self) {
                self.content = content
                isPlainText = true
                return
            }
            let values = try decoder.container(keyedBy: CodingKeys.self)
            content = try values.decode(String.self, forKey: .content)
            isPlainText = false
            isSingleWord = try values.decodeIfPresent(Bool.self, forKey: .singleWord) ?? false
            stripsLeft = try values.decodeIfPresent(Bool.self, forKey: .lstrip) ?? false
            stripsRight = try values.decodeIfPresent(Bool.self, forKey: .rstrip) ?? false
            isNormalized = try values.decodeIfPresent(Bool.self, forKey: .normalized)
            isSpecial = try values.decodeIfPresent(Bool.self, forKey: .special)
        }

        /// The token; one that has a role is special whatever the file says.
        func token(hasRole: Bool) -> AddedToken {
            let isSpecial = hasRole || (self.isSpecial ?? false)
            return AddedToken(
                content: content,
                isSingleWord: isSingleWord,
                stripsLeft: stripsLeft,
                stripsRight: stripsRight,
                isNormalized: isNormalized ?? !isSpecial,
                isSpecial: isSpecial,
                isPlainText: isPlainText
            )
        }
    }

    /// `tokenizer.json`, as far as CLIP's class reads it.
    struct TokenizerJSON: Decodable {
        struct Model: Decodable {
            let vocab: [String: Int]
            let merges: [MergeEntry]
        }

        let model: Model
        let addedTokens: [TokenEntry]?

        private enum CodingKeys: String, CodingKey {
            case model
            case addedTokens = "added_tokens"
        }
    }

    /// A merge in `tokenizer.json`: two strings, or both in one with a space between.
    struct MergeEntry: Decodable {
        let tokens: [String]

        init(from decoder: any Swift.Decoder) throws {
            let value = try decoder.singleValueContainer()
            tokens =
                if let text = try? value.decode(String.self) {
                    text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
                } else {
                    try value.decode([String].self)
                }
        }
    }
}

extension String {
    /// Whether both strings have the same scalars; `==` would compare by canonical equivalence.
    fileprivate func isIdentical(to other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
