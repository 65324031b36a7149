public import Imaging

/// What is known of an image before the archive has it.
public struct ImageDraft: Sendable, Hashable {
    /// Where the pixels come from.
    public let kind: ImageRecord.Kind
    /// What was asked for, or what is known of a real image.
    public var labels: ImageLabels
    /// The full request; nil for real images.
    public let provenance: Provenance?
    /// Where a real image comes from: data set, name and licence.
    public let source: String?
    /// When the work on the image began.
    public var startedAt: Timestamp?
    /// When it ended.
    public var finishedAt: Timestamp?

    /// An image that a model makes; an edit where the provenance names a parent.
    ///
    /// - Parameters:
    ///   - provenance: the full request.
    ///   - labels: what was asked for; by default what the prompt says of it.
    ///   - startedAt: when the work on the image began.
    ///   - finishedAt: when it ended.
    public init(
        provenance: Provenance,
        labels: ImageLabels? = nil,
        startedAt: Timestamp? = nil,
        finishedAt: Timestamp? = nil
    ) {
        kind = provenance.parentSHA256 == nil ? .synthetic : .edited
        self.labels = labels ?? ImageLabels(prompt: provenance.prompt)
        self.provenance = provenance
        source = nil
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }

    /// An image of a patient.
    public init(realImageFrom source: String, labels: ImageLabels = ImageLabels()) {
        kind = .real
        self.labels = labels
        provenance = nil
        self.source = source
        startedAt = nil
        finishedAt = nil
    }
}
