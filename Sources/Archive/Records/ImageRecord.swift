public import Imaging

/// One image that was asked for: made, refused or failed.
///
/// A record never changes and never goes; what may be added to it is that its file was removed, and
/// what reviewers said.
public struct ImageRecord: Sendable, Hashable, Identifiable, Codable {
    /// Where the pixels come from.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// From a patient; imported.
        case real
        /// From a model alone.
        case synthetic
        /// From another image, of which a model has repainted parts.
        case edited
    }

    /// How a request ended.
    public enum Outcome: String, Sendable, Codable, CaseIterable {
        /// There is an image.
        case done
        /// The clinical policy does not allow it.
        case refused
        /// An error came in between.
        case failed
    }

    /// Why there is no image.
    public struct Reason: Sendable, Hashable, Codable {
        /// What reasons are counted by, for instance a rule's name.
        public var code: String
        /// The reason in words.
        public var text: String

        /// Makes a reason.
        public init(code: String, text: String) {
            self.code = code
            self.text = text
        }
    }

    /// That the file was taken out of the archive.
    public struct Removal: Sendable, Hashable, Codable {
        /// When.
        public let removedAt: Timestamp
        /// Why.
        public let reason: String

        enum CodingKeys: String, CodingKey {
            case removedAt = "removed_at"
            case reason
        }
    }

    /// The record's number in its archive; it is never given again.
    public let id: Int64
    /// Where the pixels come from.
    public let kind: Kind
    /// How the request ended.
    public let outcome: Outcome
    /// Why there is no image; nil for one that is done.
    public let reason: Reason?
    /// The image's file, also after its removal; nil where there never was an image.
    public let file: ImageFile?
    /// The file of an edit's mask.
    public let mask: MaskFile?
    /// What was asked for, or what is known of a real image.
    public let labels: ImageLabels
    /// The full request; nil for real images.
    public let provenance: Provenance?
    /// Where a real image comes from: data set, name and licence.
    public let source: String?
    /// When the record was made.
    public let recordedAt: Timestamp
    /// When the work on the image began.
    public let startedAt: Timestamp?
    /// When it ended.
    public let finishedAt: Timestamp?
    /// That the file was taken out of the archive.
    public let removal: Removal?
    /// How far the expert review is, by the project's rule.
    public let review: ReviewState

    enum CodingKeys: String, CodingKey {
        case id, kind, outcome, reason, file, mask, labels, provenance, source, removal, review
        case recordedAt = "recorded_at"
        case startedAt = "started_at"
        case finishedAt = "finished_at"
    }

    /// Whether the archive holds an image file for it.
    public var hasFile: Bool { file != nil && removal == nil }
}
