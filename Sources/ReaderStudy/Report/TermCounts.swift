/// How many descriptions use a term, by what the image is.
public struct TermCount: Sendable, Equatable, Codable {
    /// The term, in lower case.
    public let term: String
    /// Descriptions of real images with the term.
    public let real: Int
    /// Descriptions of fake images with it.
    public let fake: Int

    /// Descriptions of either kind.
    public var total: Int { real + fake }

    /// Counts terms from lists and words of free text, the most frequent first, then by alphabet.
    ///
    /// A description counts once a term. Words are runs of letters and digits, with hyphens within, of three
    /// characters or more, less those of no meaning of their own ("the", "and", …).
    ///
    /// - Parameters:
    ///   - descriptions: what readers wrote.
    ///   - truth: what an image is; descriptions of others are left out.
    /// - Returns: one count a term.
    public static func counts(
        in descriptions: [CaseDescription],
        truth: (_ caseID: String) -> Truth?
    ) -> [TermCount] {
        var counts: [String: [Truth: Int]] = [:]
        for description in descriptions {
            guard let truth = truth(description.caseID) else { continue }
            let chosen = description.terms.map { $0.lowercased() }
            for term in Set(chosen).union(words(in: description.text)) {
                counts[term, default: [:]][truth, default: 0] += 1
            }
        }
        return counts.map { term, byTruth in
            TermCount(term: term, real: byTruth[.real] ?? 0, fake: byTruth[.fake] ?? 0)
        }.sorted { ($1.total, $0.term) < ($0.total, $1.term) }
    }

    static func words(in text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "-" }
            .map { word in
                String(word.drop { $0 == "-" }.reversed().drop { $0 == "-" }.reversed())
            }
            .filter { $0.count >= 3 && !meaningless.contains($0) }
    }

    private static let meaningless: Set<String> = [
        "also", "and", "are", "been", "but", "can", "could", "does", "for", "from", "had", "has",
        "have", "image", "into", "its", "may", "might", "not", "more", "nothing", "one", "only",
        "other", "quite", "rather", "seem", "seems", "some", "than", "that", "the", "their", "them",
        "there", "these", "they", "this", "too", "very", "was", "well", "were", "which", "with",
        "would",
    ]
}
