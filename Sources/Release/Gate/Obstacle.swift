public import Archive
public import PromptPolicy

/// Why an image may not leave, and what to do.
public enum Obstacle: Sendable, Hashable {
    /// Experts have not decided yet.
    case undecided(ReviewState)
    /// Experts have rejected it, for these reasons.
    case rejected([Vote.Reason])
    /// Its request breaks the policy.
    case refused(PromptRefusal)
    /// Nobody has looked whether it repeats a training image.
    case notChecked
    /// It is nearer to a training image than held-out images are.
    case memorized(MemorizationCheck)
    /// It is an edit of an image that the archive does not know.
    case unknownParent(sha256: String)
    /// Nothing is known of how it was made.
    case noProvenance

    /// The name for programs.
    public var code: String {
        switch self {
        case .undecided(let state): state.rawValue
        case .rejected: "rejected"
        case .refused: "policy"
        case .notChecked: "memorization-unchecked"
        case .memorized: "memorization"
        case .unknownParent: "unknown-parent"
        case .noProvenance: "no-provenance"
        }
    }

    /// What stands in the way of one image, and what to do.
    public func description(of id: Int64) -> String {
        switch self {
        case .undecided(.unreviewed):
            "nobody has reviewed it; vote: skiagraph review vote \(id) …"
        case .undecided(.disputed):
            "the reviewers disagree; an adjudicator has to vote: skiagraph review vote \(id) …"
        case .undecided(let state):
            "the review is \(state.rawValue); the votes missing: skiagraph review vote \(id) …"
        case .rejected(let reasons):
            "experts have rejected it (\(reasons.map(\.rawValue).joined(separator: ", "))); leave it out"
        case .refused(let refusal): "\(refusal); leave the image out"
        case .notChecked:
            "it was not compared with the training images; run skiagraph release check …"
        case .memorized(let check):
            "it may repeat a training image (\(check)); leave it out"
        case .unknownParent(let sha256):
            "it is an edit of an image that the archive does not have (\(sha256.prefix(12))…); import "
                + "that one, or leave the edit out"
        case .noProvenance: "the archive does not know how it was made; leave it out"
        }
    }
}
