import Foundation
import Models
import Testing

struct CLIPTokenizerFileTests {
    @Test func `a folder without configuration has CLIP's standard tokens and length`() throws {
        let files: [String: String?] = [
            "tokenizer_config.json": nil, "special_tokens_map.json": nil,
        ]
        try TokenizerGoldens.withCopy(of: "multilingual", files: files) { folder in
            let tokenizer = try CLIPTokenizer(folder: folder)
            #expect(tokenizer.modelMaxLength == 77)
            #expect(tokenizer.padTokenID == tokenizer.eosTokenID)
        }
    }

    @Test(arguments: ["null", "1000000000000000019884624838656"])
    func `a length that is not stated is CLIP's`(value: String) throws {
        let text = "{\"model_max_length\": \(value)}"
        try TokenizerGoldens.withCopy(of: "multilingual", files: ["tokenizer_config.json": text]) {
            let tokenizer = try CLIPTokenizer(folder: $0)
            #expect(tokenizer.modelMaxLength == 77)
        }
    }

    @Test func `merges may have Windows line ends and no version line`() throws {
        let path = TokenizerGoldens.folder("multilingual") + "/merges.txt"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let text = lines.dropFirst().joined(separator: "\r\n") + "\r\n"
        let expected = try CLIPTokenizer(folder: TokenizerGoldens.folder("multilingual"))
            .encode("Würde und Rechte")
        try TokenizerGoldens.withCopy(of: "multilingual", files: ["merges.txt": text]) {
            let tokenizer = try CLIPTokenizer(folder: $0)
            #expect(tokenizer.encode("Würde und Rechte") == expected)
        }
    }

    struct Spoilt: Sendable, CustomTestStringConvertible {
        let file: String
        let text: String?
        let words: String
        var testDescription: String { words }
    }

    static let spoilt: [Spoilt] = [
        Spoilt(file: "vocab.json", text: nil, words: "vocab.json does not exist"),
        Spoilt(file: "merges.txt", text: nil, words: "merges.txt does not exist"),
        Spoilt(file: "vocab.json", text: "{\"a\": 0", words: "vocab.json is not the JSON"),
        Spoilt(file: "vocab.json", text: "[1, 2]", words: "vocab.json is not the JSON"),
        Spoilt(file: "vocab.json", text: "{\"a\": \"b\"}", words: "vocab.json is not the JSON"),
        Spoilt(file: "vocab.json", text: "{\"a\": 1.5}", words: "vocab.json is not the JSON"),
        Spoilt(file: "vocab.json", text: "", words: "vocab.json is not the JSON"),
        Spoilt(file: "vocab.json", text: "{\"a\": -1}", words: "\"a\" the id -1"),
        Spoilt(file: "vocab.json", text: "{\"a\": 5000000000}", words: "\"a\" the id 5000000000"),
        Spoilt(file: "vocab.json", text: "{\"a\": 7, \"b\": 7}", words: "the id 7"),
        Spoilt(
            file: "merges.txt",
            text: "#version: 0.2\na l\na",
            words: "merges.txt, line 3: \"a\""
        ),
        Spoilt(file: "merges.txt", text: "a l l\n", words: "merges.txt, line 1: \"a l l\""),
        Spoilt(file: "merges.txt", text: "a  l\n", words: "merges.txt, line 1: \"a  l\""),
        Spoilt(file: "merges.txt", text: "a l\nq zzz\n", words: "line 2: token \"zzz\""),
        Spoilt(file: "merges.txt", text: "q z</w>\n", words: "line 1: token \"qz</w>\""),
        Spoilt(
            file: "tokenizer_config.json",
            text: "{\"model_max_length\": 2}",
            words: "model_max_length 2"
        ),
        Spoilt(
            file: "tokenizer_config.json",
            text: "{\"model_max_length\": \"77\"}",
            words: "tokenizer_config.json is not the JSON"
        ),
        Spoilt(
            file: "special_tokens_map.json",
            text: "{\"eos_token\": 5}",
            words: "special_tokens_map.json is not the JSON"
        ),
        Spoilt(
            file: "special_tokens_map.json",
            text: "{\"eos_token\": \"[EOS]\"}",
            words: "lacks the special token \"[EOS]\""
        ),
        Spoilt(
            file: "tokenizer.json",
            text: "{\"model\": {}}",
            words: "tokenizer.json is not the JSON"
        ),
        Spoilt(
            file: "tokenizer.json",
            text: "{\"model\": {\"vocab\": {\"a\": 0}, \"merges\": [[\"a\", \"b\"]]}}",
            words: "tokenizer.json, line 1: token \"b\""
        ),
    ]

    @Test(arguments: spoilt)
    func `a spoilt file is an error that names it`(spoilt: Spoilt) throws {
        try TokenizerGoldens.withCopy(
            of: "multilingual",
            files: [spoilt.file: spoilt.text]
        ) { folder in
            let error = #expect(throws: TokenizerError.self) { try CLIPTokenizer(folder: folder) }
            #expect(
                error?.description.contains(spoilt.words) == true,
                "\(String(describing: error))"
            )
        }
    }

    @Test func `a file too large for a tokenizer is refused before it is read`() throws {
        try TokenizerGoldens.withCopy(of: "multilingual") { folder in
            let path = folder + "/vocab.json"
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.truncate(atOffset: 3 << 30)
            try handle.close()
            #expect(
                throws: TokenizerError.fileTooLarge(path: path, bytes: 3 << 30, limit: 64 << 20)
            ) { try CLIPTokenizer(folder: folder) }
        }
    }

    @Test func `a folder in place of a file is an error`() throws {
        try TokenizerGoldens.withCopy(of: "multilingual", files: ["merges.txt": nil]) { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/merges.txt",
                withIntermediateDirectories: false
            )
            #expect(throws: TokenizerError.self) { try CLIPTokenizer(folder: folder) }
        }
    }
}
