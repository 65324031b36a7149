/// What one reviewer said of one image.
public struct Vote: Sendable, Hashable, Codable {
    /// Whether the image may be released.
    public enum Decision: String, Sendable, Codable, CaseIterable {
        case accept, reject
    }

    /// What speaks against an image.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// Not the anatomy that was asked for, or none there is.
        case wrongAnatomy = "wrong-anatomy"
        /// A bone is missing.
        case missingBone = "missing-bone"
        /// Bones run into each other at a joint.
        case fusedJoint = "fused-joint"
        /// Too many fingers or toes.
        case extraDigit = "extra-digit"
        /// Left and right are exchanged.
        case wrongSide = "wrong-side"
        /// Letters or markers that are none.
        case textArtefact = "text-artefact"
        /// A pathology that does not look like this.
        case implausiblePathology = "implausible-pathology"
        /// It looks like a copy of a real image.
        case looksCopied = "looks-copied"
        /// What the comment says.
        case other
    }

    /// The entry of the log that holds the vote.
    public let seq: Int64
    /// When it was given.
    public let recordedAt: Timestamp
    /// The image's number.
    public let imageID: Int64
    /// The hash of the file that was judged.
    public let imageSHA256: String
    /// Who voted.
    public let reviewer: String
    /// Whether the image may be released.
    public let decision: Decision
    /// What speaks against it.
    public let reasons: [Reason]
    /// Free words.
    public let comment: String?
    /// The reviewer's earlier vote that this one takes the place of.
    public let supersedes: Int64?
    /// Whether a later vote takes the place of this one.
    public let isSuperseded: Bool

    enum CodingKeys: String, CodingKey {
        case seq, reviewer, decision, reasons, comment, supersedes
        case recordedAt = "recorded_at"
        case imageID = "image"
        case imageSHA256 = "image_sha256"
        case isSuperseded = "superseded"
    }
}
