/// Turns text into the token ids that a CLIP text encoder reads (byte-level byte pair encoding).
///
/// Equal to `transformers.CLIPTokenizer` (version 5, backed by the `tokenizers` library), special
/// tokens inside the text included. Earlier versions of transformers could clean the text with
/// ftfy and split CJK text into characters first; that behaviour is not offered.
///
/// Source: Radford et al., "Learning Transferable Visual Models From Natural Language
/// Supervision", 2021, arXiv:2103.00020, section 2.4.
public struct CLIPTokenizer: Sendable {
    /// The number of ids in every encoding, start and end token included (77 for Stable Diffusion).
    public let modelMaxLength: Int
    /// The id of `<|startoftext|>`.
    public let bosTokenID: Int
    /// The id of `<|endoftext|>`.
    public let eosTokenID: Int
    /// The id that fills an encoding up: `<|endoftext|>` for Stable Diffusion 1.x, `!` for 2.x.
    public let padTokenID: Int
    /// One more than the highest id, the least number of rows the token embedding must have.
    public let vocabularySize: Int

    let bytePairs: BytePairEncoder
    let addedTokens: AddedTokens
    let decoder: Decoder

    /// The ids of one text, always `modelMaxLength` of them.
    public struct Encoding: Sendable, Equatable {
        /// Start token, text, end token, padding.
        public let ids: [Int]
        /// The number of tokens of the whole text before it was cut, start and end token included.
        public let tokenCount: Int
        /// The words that did not fit, or nil when all did; a text cut within a word begins there.
        public let truncatedText: String?
    }

    /// Reads a tokenizer folder as diffusers and transformers save it.
    ///
    /// The vocabulary is `tokenizer.json` when there is one, else `vocab.json` and `merges.txt`;
    /// `tokenizer_config.json` and `special_tokens_map.json` are optional.
    ///
    /// - Parameter folder: The path of the folder.
    /// - Throws: `TokenizerError` naming the file and, for merges, the line.
    public init(folder: String) throws(TokenizerError) {
        let files = try Files(folder: folder)
        let special = try SpecialTokens(files: files)
        self.modelMaxLength = try files.modelMaxLength()
        self.bosTokenID = special.bosID
        self.eosTokenID = special.eosID
        self.padTokenID = special.padID
        self.bytePairs = BytePairEncoder(
            vocabulary: files.vocabulary,
            merges: files.merges,
            unknownID: special.unknownID
        )
        self.addedTokens = AddedTokens(special.added)
        self.decoder = Decoder(vocabulary: files.vocabulary, added: special.added)
        self.vocabularySize =
            1 + max(files.vocabulary.highestID, special.added.map(\.id).max() ?? 0)
    }

    /// Encodes a text, cut or padded to `modelMaxLength`.
    ///
    /// Time grows as n log n with the length of the text, whatever it consists of.
    public func encode(_ text: String) -> Encoding {
        let content = tokenIDs(of: text)
        let room = modelMaxLength - 2
        var ids = [bosTokenID] + content.prefix(room) + [eosTokenID]
        ids += repeatElement(padTokenID, count: modelMaxLength - ids.count)
        return Encoding(
            ids: ids,
            tokenCount: content.count + 2,
            truncatedText: content.count > room ? decode(Array(content.dropFirst(room))) : nil
        )
    }

    /// Decodes ids to text in lower case, with a space after every word.
    ///
    /// - Parameters:
    ///   - ids: Token ids; those that the vocabulary lacks are left out.
    ///   - skipsSpecialTokens: Whether start, end and padding tokens are left out too.
    /// - Returns: The text that the ids stand for, without whitespace at either end.
    public func decode(_ ids: [Int], skipsSpecialTokens: Bool = false) -> String {
        decoder.text(of: ids, skipsSpecialTokens: skipsSpecialTokens)
    }

    /// The ids of the text alone, without start and end token and of any number.
    func tokenIDs(of text: String) -> [Int] {
        var ids: [Int] = []
        for piece in addedTokens.split(ArraySlice(text.unicodeScalars), stage: .raw) {
            switch piece {
            case .token(let id): ids.append(id)
            case .text(let raw): appendIDs(ofNormalized: Self.normalized(raw), to: &ids)
            }
        }
        return ids
    }

    private func appendIDs(ofNormalized scalars: [Unicode.Scalar], to ids: inout [Int]) {
        for piece in addedTokens.split(scalars[...], stage: .normalized) {
            switch piece {
            case .token(let id):
                ids.append(id)
            case .text(let text):
                for word in Self.words(of: text) {
                    bytePairs.appendIDs(ofWord: word, to: &ids)
                }
            }
        }
    }
}
