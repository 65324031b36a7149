import FoundationEssentials

/// A policy as its JSON file has it.
struct PolicyFile: Decodable {
    struct Category: Decodable {
        var id: String
        var title: String
        var advice: String
        var isPersonalData: Bool?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case id, title, advice, isPersonalData
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
            id = try values.decode(String.self, forKey: .id)
            title = try values.decode(String.self, forKey: .title)
            advice = try values.decode(String.self, forKey: .advice)
            isPersonalData = try values.decodeIfPresent(Bool.self, forKey: .isPersonalData)
        }
    }

    struct Rule: Decodable {
        var id: String
        var category: String
        var title: String
        var advice: String?
        var refuse: [String]
        var except: [String]?
        var unless: [String]?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case id, category, title, advice, refuse, except, unless
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
            id = try values.decode(String.self, forKey: .id)
            category = try values.decode(String.self, forKey: .category)
            title = try values.decode(String.self, forKey: .title)
            advice = try values.decodeIfPresent(String.self, forKey: .advice)
            refuse = try values.decode([String].self, forKey: .refuse)
            except = try values.decodeIfPresent([String].self, forKey: .except)
            unless = try values.decodeIfPresent([String].self, forKey: .unless)
        }
    }

    var format: Int
    var name: String
    var version: String
    var summary: String
    var categories: [Category]
    var lists: [String: [String]]?
    var rules: [Rule]

    enum CodingKeys: String, CodingKey, CaseIterable {
        case format, name, version, summary, categories, lists, rules
    }

    init(from decoder: any Decoder) throws {
        // The format first: another one may have other keys.
        format = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .format)
        guard format == PromptPolicy.format else {
            throw PolicyError.format(found: format, known: PromptPolicy.format)
        }
        let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        version = try values.decode(String.self, forKey: .version)
        summary = try values.decode(String.self, forKey: .summary)
        categories = try values.decode([Category].self, forKey: .categories)
        lists = try values.decodeIfPresent([String: [String]].self, forKey: .lists)
        rules = try values.decode([Rule].self, forKey: .rules)
    }
}

extension Decoder {
    /// A container whose keys are all known: a misspelt "except" must not be passed over.
    fileprivate func strictContainer<Key: CodingKey & CaseIterable>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        let known = Key.allCases.map(\.stringValue)
        let found = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
        if let key = found.sorted().first(where: { !known.contains($0) }) {
            throw PolicyError.unknownKey(key, place: place(codingPath), known: known)
        }
        return try container(keyedBy: type)
    }
}

/// Any key of a JSON object.
private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// A place in a JSON file, for instance "rules[3].except".
func place(_ path: [any CodingKey]) -> String {
    let text = path.reduce(into: "") { text, key in
        text += key.intValue.map { "[\($0)]" } ?? (text.isEmpty ? "" : ".") + key.stringValue
    }
    return text.isEmpty ? "its top" : text
}
