import Foundation
import Models

/// What `Scripts/make-tokenizer-goldens.py` wrote, and copies of tokenizer folders to spoil.
enum TokenizerGoldens {
    struct Prompt: Decodable {
        struct Expected: Decodable {
            let count: Int
            let hash: String
            let ids: [Int]?
        }

        let text: String
        let `repeat`: Int?
        let expected: [String: Expected]

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            text = try values.decode(String.self, forKey: Key("text"))
            `repeat` = try values.decodeIfPresent(Int.self, forKey: Key("repeat"))
            expected = try TokenizerGoldens.byName(values)
        }
    }

    struct Text: Decodable {
        struct Expected: Decodable {
            let ids: String
            let cut: String?
            let decoded: String
            let plain: String
        }

        let text: String
        let expected: [String: Expected]

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            text = try values.decode(String.self, forKey: Key("text"))
            expected = try TokenizerGoldens.byName(values)
        }
    }

    struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(_ value: String) { stringValue = value }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    static let names = ["radiograph-mini", "multilingual", "saved"]
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func folder(_ name: String) -> String {
        let path =
            name == "radiograph-mini"
            ? "PretrainedModels/radiograph-mini/tokenizer" : "Tests/Goldens/tokenizer/\(name)"
        return root.appendingPathComponent(path).path
    }

    static func lines<Row: Decodable>(_ file: String, of type: Row.Type) throws -> [Row] {
        try Data(contentsOf: url(file)).split(separator: UInt8(ascii: "\n"))
            .map { try JSONDecoder().decode(Row.self, from: $0) }
    }

    static func scalarBlocks() throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(contentsOf: url("scalars.json")))
    }

    /// Calls the body with a copy of a tokenizer folder, in which files are replaced or removed.
    static func withCopy<Result>(
        of name: String,
        files: [String: String?] = [:],
        _ body: (String) throws -> Result
    ) throws -> Result {
        let copy = FileManager.default.temporaryDirectory
            .appendingPathComponent("tokenizer-\(UUID().uuidString)")
        try FileManager.default.copyItem(atPath: folder(name), toPath: copy.path)
        defer { try? FileManager.default.removeItem(at: copy) }
        for (file, text) in files {
            let url = copy.appendingPathComponent(file)
            if let text {
                try Data(text.utf8).write(to: url)
            } else {
                try FileManager.default.removeItem(at: url)
            }
        }
        return try body(copy.path)
    }

    /// A tokenizer that cuts nothing off.
    static func uncutTokenizer(_ name: String) throws -> CLIPTokenizer {
        let configuration = url("\(name)/tokenizer_config.json", folder: folder(name))
        let text = try String(contentsOf: configuration, encoding: .utf8)
            .replacingOccurrences(
                of: "\"model_max_length\": 77",
                with: "\"model_max_length\": 50000"
            )
        return try withCopy(of: name, files: ["tokenizer_config.json": text]) {
            try CLIPTokenizer(folder: $0)
        }
    }

    /// FNV-1a over the ids as 32-bit little-endian numbers, in hexadecimal.
    static func hash(_ ids: some Sequence<Int>) -> String {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for id in ids {
            for shift in [0, 8, 16, 24] {
                value = (value ^ UInt64(id >> shift & 255)) &* 0x100_0000_01B3
            }
        }
        return String(value, radix: 16)
    }

    private static func byName<Value: Decodable>(
        _ values: KeyedDecodingContainer<Key>
    ) throws -> [String: Value] {
        var result: [String: Value] = [:]
        for name in names {
            result[name] = try values.decodeIfPresent(Value.self, forKey: Key(name))
        }
        return result
    }

    private static func url(_ file: String, folder: String? = nil) -> URL {
        guard let folder else {
            return root.appendingPathComponent("Tests/Goldens/tokenizer/\(file)")
        }
        return URL(fileURLWithPath: folder)
            .appendingPathComponent(URL(fileURLWithPath: file).lastPathComponent)
    }
}
