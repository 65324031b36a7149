/// How far the expert review of an image is, by the project's rule.
public enum ReviewState: String, Sendable, Codable, CaseIterable {
    /// Nobody has voted.
    case unreviewed
    /// Votes are missing.
    case pending
    /// The reviewers disagree; a third has to decide.
    case disputed
    /// It may be released.
    case accepted
    /// It may not be released.
    case rejected
}
