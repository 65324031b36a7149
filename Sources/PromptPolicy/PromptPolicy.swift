/// Which prompts are refused, and why: rules over words, sorted into categories.
///
/// The rules know radiology: "bleeding", "breast" or "gunshot wound of the femur" are what medical images show. A
/// policy is a value read from JSON; `clinical` is built in.
public struct PromptPolicy: Sendable {
    /// The policy's name.
    public let name: String
    /// Which edition of the policy this is.
    public let version: String
    /// What the policy is for, in a sentence or two.
    public let summary: String
    /// The kinds of prompts that are refused, in the order of the file.
    public let categories: [Category]
    /// The rules in the order in which they are asked: those on personal data first.
    public let rules: [Rule]

    /// Puts a policy together from checked parts.
    init(name: String, version: String, summary: String, categories: [Category], rules: [Rule]) {
        self.name = name
        self.version = version
        self.summary = summary
        self.categories = categories
        // A prompt with personal data must be known as such, whatever else it is refused for.
        self.rules =
            rules.filter(\.category.isPersonalData) + rules.filter { !$0.category.isPersonalData }
    }

    /// Refuses a prompt that breaks a rule.
    ///
    /// What a picture should not show may be named freely in the negative prompt; only personal data may not stand there.
    ///
    /// - Parameters:
    ///   - prompt: the words of a request.
    ///   - negativePrompt: the words that the picture should avoid.
    /// - Throws: the first rule's refusal.
    public func check(_ prompt: String, negativePrompt: String? = nil) throws(PromptRefusal) {
        let readings = PromptReading.all(of: prompt)
        for rule in rules {
            guard let range = rule.firstMatch(in: readings) else { continue }
            throw PromptRefusal(prompt: prompt, range: range, rule: rule, policy: self)
        }
        guard let negativePrompt else { return }
        let negativeReadings = PromptReading.all(of: negativePrompt)
        for rule in rules where rule.category.isPersonalData {
            guard let range = rule.firstMatch(in: negativeReadings) else { continue }
            throw PromptRefusal(prompt: negativePrompt, range: range, rule: rule, policy: self)
        }
    }
}

extension PromptPolicy {
    /// One kind of prompts that are refused.
    public struct Category: Hashable, Sendable {
        /// The name for programs, for instance "sexual-content".
        public let id: String
        /// The name for people.
        public let title: String
        /// What to change in a refused prompt.
        public let advice: String
        /// Whether its rules find data about a person: these are looked for in negative prompts too, and a prompt with
        /// them must not be stored.
        public let isPersonalData: Bool
    }
}
