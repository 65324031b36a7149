/// What a verification of an archive has found.
public struct Verification: Sendable, Hashable, Codable {
    /// Something that is not as it has to be.
    public struct Problem: Sendable, Hashable, Codable {
        /// What sort of problem it is.
        public enum Kind: String, Sendable, Codable, CaseIterable {
            /// A record's file is not there.
            case missing
            /// A file is not what its name says.
            case altered
            /// A file that no record names.
            case orphaned
            /// SQLite finds damage, or rules of the schema are gone.
            case database
            /// The review log was changed, or does not fit the records.
            case reviewLog = "review-log"
        }

        /// What sort of problem it is.
        public let kind: Kind
        /// The record, the file or the entry of the log.
        public let subject: String
        /// What was found.
        public let finding: String
        /// Whether it was mended.
        public var isRepaired = false

        enum CodingKeys: String, CodingKey {
            case kind, subject, finding
            case isRepaired = "repaired"
        }
    }

    /// The records that were checked.
    public let recordCount: Int
    /// The files that were hashed.
    public let fileCount: Int
    /// The entries of the review log.
    public let reviewEntryCount: Int
    /// The hash of the log's last entry.
    public let reviewLogHead: String
    /// What is not as it has to be.
    public let problems: [Problem]

    enum CodingKeys: String, CodingKey {
        case problems
        case recordCount = "records"
        case fileCount = "files"
        case reviewEntryCount = "review_entries"
        case reviewLogHead = "review_log_head"
    }

    /// Whether nothing is wrong, or all of it was mended.
    public var isSound: Bool { problems.allSatisfy(\.isRepaired) }
}
