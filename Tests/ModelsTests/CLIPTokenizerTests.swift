import Foundation
import Models
import Testing

struct CLIPTokenizerTests {
    @Test(arguments: TokenizerGoldens.names)
    func `ids equal those of transformers`(name: String) throws {
        let tokenizer = try CLIPTokenizer(folder: TokenizerGoldens.folder(name))
        let uncut = try TokenizerGoldens.uncutTokenizer(name)
        let prompts = try TokenizerGoldens.lines("prompts.jsonl", of: TokenizerGoldens.Prompt.self)
        var compared = 0
        for prompt in prompts {
            guard let expected = prompt.expected[name] else { continue }
            let text = String(repeating: prompt.text, count: prompt.repeat ?? 1)
            let encoding = (expected.count > 77 ? uncut : tokenizer).encode(text)
            let ids = encoding.ids.prefix(encoding.tokenCount)
            #expect(encoding.tokenCount == expected.count, "\(prompt.text.debugDescription)")
            #expect(TokenizerGoldens.hash(ids) == expected.hash, "\(prompt.text.debugDescription)")
            if let inner = expected.ids { #expect(Array(ids.dropFirst().dropLast()) == inner) }
            compared += 1
        }
        #expect(compared >= 2000)
    }

    @Test(arguments: TokenizerGoldens.names)
    func `cut ids, the words cut off and decoded text equal those of transformers`(
        name: String
    ) throws {
        let tokenizer = try CLIPTokenizer(folder: TokenizerGoldens.folder(name))
        let uncut = try TokenizerGoldens.uncutTokenizer(name)
        for row in try TokenizerGoldens.lines("texts.jsonl", of: TokenizerGoldens.Text.self) {
            let expected = try #require(row.expected[name])
            let encoding = tokenizer.encode(row.text)
            #expect(encoding.ids.count == 77)
            #expect(TokenizerGoldens.hash(encoding.ids) == expected.ids)
            #expect(encoding.truncatedText == expected.cut)
            let whole = uncut.encode(row.text)
            let ids = Array(whole.ids.prefix(whole.tokenCount))
            #expect(tokenizer.decode(ids) == expected.decoded)
            #expect(tokenizer.decode(ids, skipsSpecialTokens: true) == expected.plain)
        }
    }

    @Test func `every scalar of Unicode 14 is encoded as transformers does`() throws {
        let tokenizer = try TokenizerGoldens.uncutTokenizer("multilingual")
        let blocks = try TokenizerGoldens.scalarBlocks()
        #expect(blocks.count > 300)
        for (block, expected) in blocks {
            let start = try #require(UInt32(block, radix: 16))
            let text = (start..<start + 256).compactMap(Unicode.Scalar.init)
                .filter { scalar in
                    let category = scalar.properties.generalCategory
                    let isAssigned = scalar.properties.age.map { $0.major <= 14 } ?? false
                    return isAssigned && category != .unassigned && category != .privateUse
                }
                .map { "a\($0)b " }.joined()
            let encoding = tokenizer.encode(text)
            let ids = encoding.ids.prefix(encoding.tokenCount)
            #expect(TokenizerGoldens.hash(ids) == expected, "block U+\(block)")
        }
    }

    @Test func `a long prompt keeps its first 75 tokens and names the words cut off`() throws {
        let tokenizer = try CLIPTokenizer(folder: TokenizerGoldens.folder("radiograph-mini"))
        let kept = String(repeating: "chest ", count: 75)
        let encoding = tokenizer.encode(kept + "with a Pneumothorax")
        #expect(encoding.tokenCount == 80)
        #expect(encoding.truncatedText == "with a pneumothorax")
        #expect(encoding.ids == tokenizer.encode(kept).ids)
        #expect(tokenizer.encode(kept).truncatedText == nil)
    }

    @Test func `padding follows the family of the model`() throws {
        let first = try CLIPTokenizer(folder: TokenizerGoldens.folder("radiograph-mini"))
        let second = try CLIPTokenizer(folder: TokenizerGoldens.folder("multilingual"))
        #expect(first.padTokenID == first.eosTokenID)
        #expect(second.padTokenID == 0)
        #expect(
            second.encode("").ids == [second.bosTokenID, second.eosTokenID]
                + Array(repeating: 0, count: 75)
        )
    }

    @Test func `the end token of the embedded model has the highest id`() throws {
        // CLIP's text encoder finds the end of the text as the highest id.
        let tokenizer = try CLIPTokenizer(folder: TokenizerGoldens.folder("radiograph-mini"))
        #expect(tokenizer.eosTokenID == tokenizer.vocabularySize - 1)
        #expect(tokenizer.bosTokenID == tokenizer.vocabularySize - 2)
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: ["a", "ab", "é", "😀", "1", "'", "<|endoftext|>", "<|", "\u{301}", " ", "hand "]
    )
    func `time does not grow with the square of the length`(piece: String) throws {
        // A quadratic merge or scan of this text would take hours.
        let tokenizer = try CLIPTokenizer(folder: TokenizerGoldens.folder("radiograph-mini"))
        let encoding = tokenizer.encode(String(repeating: piece, count: 200_000 / piece.utf8.count))
        #expect(encoding.ids.count == 77)
    }

    @Test func `ids that the vocabulary lacks decode to nothing`() throws {
        let tokenizer = try CLIPTokenizer(folder: TokenizerGoldens.folder("radiograph-mini"))
        #expect(tokenizer.decode([-1, Int.max, tokenizer.vocabularySize]) == "")
    }
}
