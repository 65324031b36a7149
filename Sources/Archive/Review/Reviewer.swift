/// An expert whose votes count.
public struct Reviewer: Sendable, Hashable, Codable {
    /// What a reviewer may do.
    public enum Role: String, Sendable, Codable, CaseIterable {
        /// Votes.
        case reviewer
        /// Votes, and decides where others disagree.
        case adjudicator
    }

    /// The name, by which the reviewer is known; it stands in releases.
    public let name: String
    /// What qualifies the reviewer, for instance "board-certified radiologist, 12 years".
    public let credentials: String
    /// What the reviewer may do.
    public let role: Role

    enum CodingKeys: String, CodingKey {
        case name = "reviewer"
        case credentials, role
    }

    /// Describes a reviewer.
    public init(name: String, credentials: String, role: Role = .reviewer) {
        self.name = name
        self.credentials = credentials
        self.role = role
    }
}
