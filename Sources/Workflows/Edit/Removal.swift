/// The words of a removal.
enum Removal {
    /// The prompts without the words for what is removed, which the negative prompt takes up.
    static func prompts(
        _ prompt: String,
        _ negativePrompt: String,
        without element: String
    ) -> (prompt: String, negativePrompt: String) {
        let unwanted = Set(words(element))
        let kept = prompt.split(separator: " ").filter { word in
            words(word).allSatisfy { !unwanted.contains($0) }
        }
        let negative = [negativePrompt, element].filter { !$0.isEmpty }.joined(separator: ", ")
        return (kept.joined(separator: " "), negative)
    }

    private static func words(_ text: some StringProtocol) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
