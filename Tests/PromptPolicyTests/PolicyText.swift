import Foundation
import PromptPolicy

/// A small policy as JSON, with parts to exchange.
struct PolicyText {
    var format = "1"
    var categories = """
        [{"id": "colour", "title": "too colourful", "advice": "ask for grey"},
         {"id": "data", "title": "personal data", "advice": "leave it out", "isPersonalData": true}]
        """
    var lists = #"{"hue": ["red|green", "sky blue"]}"#
    var refuse = #"["{hue}"]"#
    var more = ""
    var extra = ""

    var json: [UInt8] {
        Array(
            """
            {"format": \(format), "name": "small", "version": "3", "summary": "for tests", \(extra)
             "categories": \(categories), "lists": \(lists),
             "rules": [{"id": "hues", "category": "colour", "title": "a hue", "refuse": \(refuse)\(more)},
                       {"id": "code", "category": "data", "title": "a code", "refuse": ["code {code}"]}]}
            """.utf8
        )
    }

    /// The policy's refusal of a prompt, or nil.
    func refusal(of prompt: String, negative: String? = nil) throws -> PromptRefusal? {
        let policy = try PromptPolicy(json: json)
        do throws(PromptRefusal) {
            try policy.check(prompt, negativePrompt: negative)
            return nil
        } catch { return error }
    }
}
