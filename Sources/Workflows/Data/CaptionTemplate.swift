/// A caption with places for facts: "{image}[ of the {anatomy}][, {view} view]".
///
/// What stands in brackets is left out when a fact inside it is not stated; brackets may hold others.
public struct CaptionTemplate: Sendable, Equatable {
    private indirect enum Part: Equatable {
        case text(String)
        case field(String)
        case optional([Part])
    }

    /// What is used where no other template is given.
    public static let standard =
        "{image}[ of the [{side} ]{anatomy}][ of a [{age}-year-old ]{person}][ showing {finding}]"
        + "[, {view} view]"

    /// The words that may stand in braces.
    public static let fields = [
        "modality", "image", "anatomy", "view", "side", "finding", "sex", "person", "age",
        "window",
    ]

    private let parts: [Part]

    /// Reads a template.
    ///
    /// - Throws: `DataSetError.template`.
    public init(_ text: String) throws(DataSetError) {
        var rest = text[...]
        parts = try Self.parse(&rest, depth: 0, whole: text)
    }

    /// The caption, or nil where a fact outside brackets is not stated.
    func caption(_ facts: ImageFacts, window: String?) -> String? {
        let values = Self.values(facts, window: window)
        return Self.fill(parts, values).map { text in
            // An 8-, 11-, 18- or 80-year-old.
            let words = text.replacing(/\ba (?=(8\d?|11|18)-year)/, with: "an ")
            return words.prefix(1).uppercased() + words.dropFirst()
        }
    }

    private static func parse(
        _ rest: inout Substring,
        depth: Int,
        whole: String
    ) throws(DataSetError) -> [Part] {
        var parts: [Part] = []
        while let next = rest.popFirst() {
            switch next {
            case "[":
                parts.append(.optional(try parse(&rest, depth: depth + 1, whole: whole)))
            case "]":
                guard depth > 0 else {
                    throw .template(whole, problem: "a bracket closes that never opened")
                }
                return parts
            case "{":
                guard let end = rest.firstIndex(of: "}") else {
                    throw .template(whole, problem: "a brace opens and never closes")
                }
                let name = String(rest[..<end])
                guard fields.contains(name) else {
                    throw .template(
                        whole,
                        problem: "there is no field {\(name)}; the fields are "
                            + fields.map { "{\($0)}" }.joined(separator: " ")
                    )
                }
                parts.append(.field(name))
                rest = rest[rest.index(after: end)...]
            default: parts.append(.text(String(next)))
            }
        }
        guard depth == 0 else {
            throw .template(whole, problem: "a bracket opens and never closes")
        }
        return parts
    }

    private static func fill(_ parts: [Part], _ values: [String: String]) -> String? {
        var text = ""
        for part in parts {
            switch part {
            case .text(let words): text += words
            case .field(let name):
                guard let value = values[name] else { return nil }
                text += value
            case .optional(let inner): text += fill(inner, values) ?? ""
            }
        }
        return text
    }

    private static func values(_ facts: ImageFacts, window: String?) -> [String: String] {
        var values: [String: String] = [:]
        values["modality"] = facts.modality
        values["image"] = facts.modality.map { images[$0] ?? "\($0) image" }
        values["anatomy"] = facts.anatomy
        values["view"] = facts.view
        values["side"] = facts.side
        values["finding"] = facts.finding
        values["sex"] = facts.sex.map { $0 == "F" ? "female" : "male" }
        values["person"] = facts.sex.map { person($0, age: facts.age.flatMap { Int($0) }) }
        values["age"] = facts.age
        values["window"] = window
        return values
    }

    private static let images = [
        "XR": "X-ray", "CT": "CT slice", "MR": "MR slice", "US": "ultrasound image",
        "MG": "mammogram",
    ]

    private static func person(_ sex: String, age: Int?) -> String {
        let isChild = age.map { $0 < 18 } ?? false
        return sex == "F" ? (isChild ? "girl" : "woman") : (isChild ? "boy" : "man")
    }
}
