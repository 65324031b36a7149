/// What can be wrong with the files of a tokenizer folder.
public enum TokenizerError: Error, Equatable {
    /// A file that the tokenizer needs is not there.
    case missingFile(path: String)
    /// A file is there, but cannot be read.
    case unreadableFile(path: String, reason: String)
    /// A file is too large to be part of a tokenizer.
    case fileTooLarge(path: String, bytes: Int, limit: Int)
    /// A JSON file does not have the expected shape.
    case invalidJSON(path: String, reason: String)
    /// A token has an id that no embedding table can have, or another token's id.
    case invalidTokenID(path: String, token: String, id: Int)
    /// A merge is not two tokens with one space between them.
    case invalidMerge(path: String, line: Int, text: String)
    /// A merge names a token, or makes one, that the vocabulary lacks.
    case unknownMergeToken(path: String, line: Int, token: String)
    /// The vocabulary lacks a token that every encoding needs.
    case missingSpecialToken(path: String, token: String)
    /// The length that the configuration states leaves no room for a word.
    case invalidModelMaxLength(path: String, length: Double)
}

extension TokenizerError: CustomStringConvertible {
    /// A sentence that says what failed, what was found and what to do.
    public var description: String {
        switch self {
        case .missingFile(let path):
            "tokenizer: \(path) does not exist; a tokenizer folder holds vocab.json and merges.txt, "
                + "or tokenizer.json"
        case .unreadableFile(let path, let reason):
            "tokenizer: \(path) cannot be read: \(reason)"
        case .fileTooLarge(let path, let bytes, let limit):
            "tokenizer: \(path) has \(bytes) bytes, more than the \(limit) a tokenizer may have; "
                + "check that it is the right file"
        case .invalidJSON(let path, let reason):
            "tokenizer: \(path) is not the JSON that a CLIP tokenizer has: \(reason)"
        case .invalidTokenID(let path, let token, let id):
            "tokenizer: \(path) gives token \"\(token)\" the id \(id), which is out of range or taken"
        case .invalidMerge(let path, let line, let text):
            "tokenizer: \(path), line \(line): \"\(text)\" is not two tokens with one space between"
        case .unknownMergeToken(let path, let line, let token):
            "tokenizer: \(path), line \(line): token \"\(token)\" is not in the vocabulary; "
                + "vocabulary and merges must come from the same tokenizer"
        case .missingSpecialToken(let path, let token):
            "tokenizer: \(path) lacks the special token \"\(token)\""
        case .invalidModelMaxLength(let path, let length):
            "tokenizer: \(path) has model_max_length \(length); "
                + "it must be at least 3 to hold a start token, a word and an end token"
        }
    }
}
