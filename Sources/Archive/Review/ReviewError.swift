/// Why a vote, a rule or a reviewer cannot be recorded.
public enum ReviewError: Error, Sendable, Equatable {
    /// Nobody of this name is registered.
    case unknownReviewer(name: String, known: [String])
    /// A rule that asks for an impossible number of votes.
    case invalidRule(voteCount: Int)
    /// Real images are not reviewed.
    case notReviewable(id: Int64, kind: ImageRecord.Kind)
    /// The reviewer has voted on the image.
    case alreadyVoted(id: Int64, reviewer: String, decision: Vote.Decision, at: Timestamp)
    /// There is no vote to supersede.
    case notVoted(id: Int64, reviewer: String)
    /// The image has the votes that the rule asks for.
    case reviewComplete(id: Int64, state: ReviewState)
    /// Only an adjudicator who has not voted may decide the disagreement.
    case notAdjudicator(id: Int64, reviewer: String)
    /// A rejection without a structured reason.
    case reasonMissing
    /// An acceptance with reasons against it.
    case reasonsOnAcceptance
    /// The reason "other" without words.
    case commentMissing
}

extension ReviewError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .unknownReviewer(let name, let known):
            "no reviewer \"\(name)\" is registered; "
                + (known.isEmpty ? "" : "registered: \(known.joined(separator: ", ")); ")
                + "register with review reviewer"
        case .invalidRule(let count):
            "a review cannot take \(count) votes; ask for 1 to \(ReviewRule.maximumVoteCount)"
        case .notReviewable(let id, let kind):
            "image \(id) is \(kind.rawValue); only synthetic and edited images are reviewed"
        case .alreadyVoted(let id, let reviewer, let decision, let time):
            "\(reviewer) has voted \(decision.rawValue) on image \(id) at \(time); "
                + "supersede that vote to change it, it stays in the log"
        case .notVoted(let id, let reviewer):
            "\(reviewer) has no vote on image \(id) to supersede; vote without superseding"
        case .reviewComplete(let id, let state):
            "image \(id) has the votes that the rule asks for and is \(state.rawValue)"
        case .notAdjudicator(let id, let reviewer):
            "the reviewers disagree on image \(id), and \(reviewer) is no adjudicator; "
                + "a third with that role decides"
        case .reasonMissing:
            "a rejection needs a reason: "
                + Vote.Reason.allCases.map(\.rawValue).joined(separator: ", ")
        case .reasonsOnAcceptance:
            "an acceptance has no reasons against the image; put remarks into the comment"
        case .commentMissing: "the reason \"other\" needs a comment that says what it is"
        }
    }
}
