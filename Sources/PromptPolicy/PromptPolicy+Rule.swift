extension PromptPolicy {
    /// What is refused for one reason.
    public struct Rule: Sendable {
        /// The name for programs, unique in its policy.
        public let id: String
        /// The rule's category.
        public let category: Category
        /// What the rule finds, for people.
        public let title: String
        /// What to change in a refused prompt.
        public let advice: String
        /// What is refused.
        let phrases: PhraseIndex
        /// Harmless phrases that contain refused words, such as "nude mouse".
        let exceptions: PhraseIndex
        /// Phrases that make the rule's words medical wherever in the prompt they stand.
        let contexts: PhraseIndex

        /// The part of a prompt that breaks the rule, or nil; the plain reading comes first.
        func firstMatch(in readings: [PromptReading]) -> Range<String.Index>? {
            for reading in readings {
                guard let match = firstMatch(in: reading) else { continue }
                if let plain = readings.first, contexts.occurs(in: plain) { return nil }
                return reading.range(of: match)
            }
            return nil
        }

        private func firstMatch(in reading: PromptReading) -> Range<Int>? {
            let matches = phrases.matches(in: reading)
            guard !matches.isEmpty else { return nil }
            let excused = exceptions.matches(in: reading)
            return matches.filter { match in !excused.contains { $0.overlaps(match) } }
                .min { $0.lowerBound < $1.lowerBound }
        }
    }
}
