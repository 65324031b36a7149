/// The words of a removal.
enum Removal {
    /// The prompts without the words for what is removed, which the negative prompt takes up.
    ///
    /// Articles and prepositions that led to such a word go with it: "with a side marker".
    static func prompts(
        _ prompt: String,
        _ negativePrompt: String,
        without element: String
    ) -> (prompt: String, negativePrompt: String) {
        let unwanted = Set(words(element))
        var kept: [String] = []
        for word in prompt.split(separator: " ") {
            guard words(word).contains(where: unwanted.contains) else {
                kept.append(String(word))
                continue
            }
            while let last = kept.last, leading.contains(last.lowercased()) { kept.removeLast() }
            if word.hasSuffix(","), let last = kept.popLast() {
                kept.append(last.hasSuffix(",") ? last : last + ",")
            }
        }
        let negative = [negativePrompt, element].filter { !$0.isEmpty }.joined(separator: ", ")
        return (trimmed(kept.joined(separator: " ")), negative)
    }

    /// Words that say nothing without the noun behind them.
    private static let leading: Set<String> = [
        "a", "an", "the", "and", "or", "with", "without", "showing", "of", "in", "on", "at",
    ]

    private static func trimmed(_ text: String) -> String {
        let end = text.lastIndex { !" ,;:".contains($0) }
        return end.map { String(text[...$0]) } ?? ""
    }

    private static func words(_ text: some StringProtocol) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
