import Foundation

extension CLIPTokenizer {
    /// The ids of all tokens, by their UTF-8 bytes: strings would compare by canonical equivalence.
    struct Vocabulary: Sendable {
        /// The mark at the end of a token that ends a word.
        static let endOfWord = "</w>"

        let ids: [[UInt8]: Int]
        let highestID: Int

        init(_ tokens: [String: Int], path: String) throws(TokenizerError) {
            var ids = [[UInt8]: Int](minimumCapacity: tokens.count)
            var taken = Set<Int>(minimumCapacity: tokens.count)
            for (token, id) in tokens {
                guard 0...Int(Int32.max) ~= id, taken.insert(id).inserted else {
                    throw .invalidTokenID(path: path, token: token, id: id)
                }
                ids[Array(token.utf8)] = id
            }
            self.ids = ids
            self.highestID = taken.max() ?? 0
        }

        subscript(token: [UInt8]) -> Int? { ids[token] }
        subscript(token: String) -> Int? { ids[Array(token.utf8)] }
    }

    /// What the files of a tokenizer folder say, checked.
    struct Files {
        let vocabularyPath: String
        let vocabulary: Vocabulary
        let merges: [(pair: Pair, result: Int)]
        let configurationPath: String
        let configuration: Configuration
        let specialTokensMap: [String: TokenEntry]
        /// The added tokens of `tokenizer.json`, when that file is there.
        let storedAddedTokens: [TokenEntry]?

        init(folder: String) throws(TokenizerError) {
            func path(_ name: String) -> String { folder + "/" + name }
            if let data = try Self.contents(ofOptional: path("tokenizer.json")) {
                vocabularyPath = path("tokenizer.json")
                let stored = try Self.decode(TokenizerJSON.self, from: data, path: vocabularyPath)
                vocabulary = try Vocabulary(stored.model.vocab, path: vocabularyPath)
                merges = try Self.merges(
                    stored.model.merges.enumerated().map { ($0 + 1, $1.tokens) },
                    vocabulary: vocabulary,
                    path: vocabularyPath
                )
                storedAddedTokens = stored.addedTokens ?? []
            } else {
                vocabularyPath = path("vocab.json")
                let data = try Self.contents(of: vocabularyPath)
                vocabulary = try Vocabulary(
                    Self.decode([String: Int].self, from: data, path: vocabularyPath),
                    path: vocabularyPath
                )
                let text = try Self.contents(of: path("merges.txt"))
                merges = try Self.merges(
                    Self.lines(of: text),
                    vocabulary: vocabulary,
                    path: path("merges.txt")
                )
                storedAddedTokens = nil
            }
            configurationPath = path("tokenizer_config.json")
            configuration =
                if let data = try Self.contents(ofOptional: configurationPath) {
                    try Self.decode(Configuration.self, from: data, path: configurationPath)
                } else { Configuration() }
            let mapPath = path("special_tokens_map.json")
            specialTokensMap =
                if let data = try Self.contents(ofOptional: mapPath) {
                    try Self.decode(SpecialTokensMap.self, from: data, path: mapPath).tokens
                } else { [:] }
        }

        /// The length that the configuration states, or CLIP's 77 where it states none.
        func modelMaxLength() throws(TokenizerError) -> Int {
            // transformers writes 1e30 for "not stated".
            guard let length = configuration.modelMaxLength, length < 1e6 else { return 77 }
            guard length >= 3, let length = Int(exactly: length) else {
                throw .invalidModelMaxLength(path: configurationPath, length: length)
            }
            return length
        }

        private static func lines(of text: Data) -> [(line: Int, tokens: [String])] {
            text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .enumerated()
                .map { line, bytes in
                    let bytes = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
                    let tokens = bytes.split(
                        separator: UInt8(ascii: " "),
                        omittingEmptySubsequences: false
                    )
                    return (line + 1, tokens.map { String(decoding: $0, as: UTF8.self) })
                }
                .filter { !$1[0].hasPrefix("#version") && $1 != [""] }
        }

        private static func merges(
            _ lines: [(line: Int, tokens: [String])],
            vocabulary: Vocabulary,
            path: String
        ) throws(TokenizerError) -> [(pair: Pair, result: Int)] {
            var merges: [(pair: Pair, result: Int)] = []
            merges.reserveCapacity(lines.count)
            for (line, tokens) in lines {
                guard tokens.count == 2, !tokens.contains("") else {
                    throw .invalidMerge(
                        path: path,
                        line: line,
                        text: tokens.joined(separator: " ")
                    )
                }
                func id(_ token: String) throws(TokenizerError) -> Int {
                    guard let id = vocabulary[token] else {
                        throw .unknownMergeToken(path: path, line: line, token: token)
                    }
                    return id
                }
                let pair = try Pair(left: id(tokens[0]), right: id(tokens[1]))
                merges.append((pair, try id(tokens[0] + tokens[1])))
            }
            return merges
        }
    }
}

extension CLIPTokenizer.Files {
    /// The largest file that is read; CLIP's own vocabulary is 1 MB, its tokenizer.json 4 MB.
    static let byteLimit = 64 << 20

    fileprivate static func contents(of path: String) throws(TokenizerError) -> Data {
        guard let data = try contents(ofOptional: path) else { throw .missingFile(path: path) }
        return data
    }

    fileprivate static func contents(ofOptional path: String) throws(TokenizerError) -> Data? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            let url = URL(fileURLWithPath: path)
            let bytes = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            guard bytes <= byteLimit else {
                throw TokenizerError.fileTooLarge(path: path, bytes: bytes, limit: byteLimit)
            }
            return try Data(contentsOf: url)
        } catch let error as TokenizerError {
            throw error
        } catch {
            throw .unreadableFile(path: path, reason: error.localizedDescription)
        }
    }

    fileprivate static func decode<Value: Decodable>(
        _ type: Value.Type,
        from data: Data,
        path: String
    ) throws(TokenizerError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw .invalidJSON(path: path, reason: error.reason)
        } catch {
            throw .invalidJSON(path: path, reason: error.localizedDescription)
        }
    }
}

extension DecodingError {
    /// Where the JSON differs from what was expected, and how.
    fileprivate var reason: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .keyNotFound(_, let context), .dataCorrupted(let context):
            let keys = context.codingPath.map(\.stringValue).joined(separator: ".")
            return (keys.isEmpty ? "" : "\(keys): ") + context.debugDescription
        @unknown default:
            return "\(self)"
        }
    }
}
