/// When an image counts as accepted or rejected; set per project.
public struct ReviewRule: Sendable, Hashable, Codable {
    /// How votes become a decision.
    public enum Agreement: String, Sendable, Codable, CaseIterable {
        /// All votes are the same.
        case unanimity
        /// More than half of the votes are the same.
        case majority
    }

    /// The most votes that an image can need.
    public static let maximumVoteCount = 99

    /// Two votes, the same; a third decides otherwise.
    public static let standard = ReviewRule()

    /// Votes that an image needs.
    public var voteCount: Int
    /// How they become a decision.
    public var agreement: Agreement
    /// Whether an adjudicator decides where they do not; if not, the image is rejected.
    public var isAdjudicated: Bool

    enum CodingKeys: String, CodingKey {
        case agreement
        case voteCount = "votes"
        case isAdjudicated = "adjudication"
    }

    /// Makes a rule.
    public init(
        voteCount: Int = 2,
        agreement: Agreement = .unanimity,
        isAdjudicated: Bool = true
    ) {
        self.voteCount = voteCount
        self.agreement = agreement
        self.isAdjudicated = isAdjudicated
    }

    /// The state of an image.
    ///
    /// - Parameter decisions: the standing decisions, in the order in which their reviewers came to the
    ///   image. The first `voteCount` are the panel's; the next one is the adjudicator's.
    /// - Returns: what the votes come to.
    public func state(of decisions: [Vote.Decision]) -> ReviewState {
        guard !decisions.isEmpty else { return .unreviewed }
        let panel = decisions.prefix(voteCount)
        guard panel.count == voteCount else { return .pending }
        let acceptedCount = panel.count { $0 == .accept }
        let neededCount = agreement == .unanimity ? voteCount : voteCount / 2 + 1
        if acceptedCount >= neededCount { return .accepted }
        if voteCount - acceptedCount >= neededCount { return .rejected }
        guard isAdjudicated else { return .rejected }
        return switch decisions.dropFirst(voteCount).first {
        case .accept: .accepted
        case .reject: .rejected
        case nil: .disputed
        }
    }
}
