/// A prompt was refused: by which rule, for which words, and what to change.
public struct PromptRefusal: Error, Hashable, Sendable {
    /// The policy's name and version, for instance "clinical 1".
    public let policy: String
    /// The id of the rule's category.
    public let category: String
    /// The category's name for people.
    public let title: String
    /// The id of the rule.
    public let rule: String
    /// What the rule finds, for people.
    public let finding: String
    /// The words that broke the rule; nil where they are personal data.
    public let words: String?
    /// What to change.
    public let advice: String
    /// The prompt as it may be stored: without a word of it where it holds personal data.
    public let recordedPrompt: String

    init(
        prompt: String,
        range: Range<String.Index>,
        rule: PromptPolicy.Rule,
        policy: PromptPolicy
    ) {
        self.policy = "\(policy.name) \(policy.version)"
        category = rule.category.id
        title = rule.category.title
        self.rule = rule.id
        finding = rule.title
        advice = rule.advice
        let isPersonalData = rule.category.isPersonalData
        words = isPersonalData ? nil : String(prompt[range])
        recordedPrompt = isPersonalData ? "(withheld: personal data)" : prompt
    }
}

extension PromptRefusal: CustomStringConvertible {
    /// What was refused and why, and what to change, in one line.
    public var description: String {
        let place = words.map { ": \"\($0)\"" } ?? ""
        return "the policy \(policy) refuses the prompt as \(title) "
            + "(rule \(rule), \(finding)\(place)); \(advice)"
    }
}
