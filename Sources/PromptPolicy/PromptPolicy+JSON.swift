import FoundationEssentials

extension PromptPolicy {
    /// The format of policy files that this version reads.
    static let format = 1

    /// The bytes that a policy file may have.
    public static let maximumByteCount = 1 << 20

    /// Reads a policy.
    ///
    /// - Parameter json: a JSON file as `Documentation/PromptPolicy.md` describes it.
    /// - Throws: `PolicyError` with the place in the file.
    public init(json: some Sequence<UInt8>) throws(PolicyError) {
        let data = Data(json)
        guard data.count <= Self.maximumByteCount else {
            throw .tooLarge(byteCount: data.count, limit: Self.maximumByteCount)
        }
        let file: PolicyFile
        do {
            file = try JSONDecoder().decode(PolicyFile.self, from: data)
        } catch let error as PolicyError {
            throw error
        } catch {
            throw PolicyError(error)
        }
        try self.init(file)
    }

    private init(_ file: PolicyFile) throws(PolicyError) {
        for (value, place) in [(file.name, "name"), (file.version, "version")] where value.isEmpty {
            throw .empty(place: place)
        }
        try Self.checkUnique(file.categories.map(\.id), place: "categories")
        try Self.checkUnique(file.rules.map(\.id), place: "rules")
        let categories = file.categories.map { category in
            Category(
                id: category.id,
                title: category.title,
                advice: category.advice,
                isPersonalData: category.isPersonalData ?? false
            )
        }
        let parser = try PhraseParser(lists: file.lists ?? [:])
        var rules: [Rule] = []
        for rule in file.rules {
            guard let category = categories.first(where: { $0.id == rule.category }) else {
                throw .unknownCategory(
                    rule.category,
                    rule: rule.id,
                    known: categories.map(\.id)
                )
            }
            let place = "rule \(rule.id)"
            guard !rule.refuse.isEmpty else { throw .empty(place: "\(place), refuse") }
            rules.append(
                Rule(
                    id: rule.id,
                    category: category,
                    title: rule.title,
                    advice: rule.advice ?? category.advice,
                    phrases: PhraseIndex(try parser.phrases(rule.refuse, place: place)),
                    exceptions: PhraseIndex(try parser.phrases(rule.except ?? [], place: place)),
                    contexts: PhraseIndex(try parser.phrases(rule.unless ?? [], place: place))
                )
            )
        }
        self.init(
            name: file.name,
            version: file.version,
            summary: file.summary,
            categories: categories,
            rules: rules
        )
    }

    private static func checkUnique(_ ids: [String], place: String) throws(PolicyError) {
        guard !ids.isEmpty else { throw .empty(place: place) }
        var seen: Set<String> = []
        for id in ids {
            guard !id.isEmpty else { throw .empty(place: "an id of \(place)") }
            guard seen.insert(id).inserted else { throw .duplicate(id: id, place: place) }
        }
    }
}

extension PolicyError {
    /// What a JSON decoder met, with its place.
    fileprivate init(_ error: any Error) {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            self = .unreadable(
                place: place(context.codingPath),
                reason: "there is no \"\(key.stringValue)\""
            )
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            self = .unreadable(
                place: place(context.codingPath),
                reason: context.debugDescription
            )
        default:
            self = .unreadable(place: "its top", reason: "\(error)")
        }
    }
}
