public import Archive
public import Imaging
import Pipelines
public import PromptPolicy

/// Where a use case puts its images on record: the archive of a workspace, or nowhere.
///
/// All that make images, whatever the kind, go through this one door: `ImageDraft` says whether an
/// image is real, synthetic or an edit, and of which parent.
public struct ImageRecorder: Sendable {
    /// The workspace of requests that name none.
    public static let defaultWorkspace = "skiagraph-workspace"

    private let archive: ImageArchive?

    /// Opens the archive, or makes an empty one.
    ///
    /// - Parameter workspace: a folder; nil records nothing.
    /// - Throws: `ArchiveError`.
    public init(workspace: String?) throws(ArchiveError) {
        archive = try workspace.map { folder throws(ArchiveError) in
            try ImageArchive(workspace: folder)
        }
    }

    /// Puts an image on record with its file, once however often it is brought.
    ///
    /// - Parameters:
    ///   - bytes: a PNG or JPEG file.
    ///   - draft: what is known of the image.
    ///   - mask: the file of an edit's mask.
    /// - Returns: the record's number, or nil where nothing is recorded.
    /// - Throws: `ArchiveError`.
    public func add(
        _ bytes: [UInt8],
        as draft: ImageDraft,
        mask: [UInt8]? = nil
    ) throws(ArchiveError) -> Int64? {
        try archive?.add(bytes, as: draft, mask: mask).id
    }

    /// Puts on record that a policy refuses a request.
    ///
    /// Words that are personal data are not kept, nor is what should be avoided.
    /// - Parameters:
    ///   - provenance: the request.
    ///   - refusal: the rule that refuses it.
    /// - Throws: `ArchiveError`.
    public func recordRefusal(
        of provenance: Provenance,
        because refusal: PromptRefusal
    ) throws(ArchiveError) {
        var provenance = provenance
        provenance.prompt = refusal.recordedPrompt
        provenance.negativePrompt = nil
        try archive?.recordRefusal(
            of: ImageDraft(provenance: provenance),
            because: ImageRecord.Reason(
                code: "\(refusal.category)/\(refusal.rule)",
                text: "\(refusal)"
            )
        )
    }

    /// Puts on record that an image could not be made.
    ///
    /// - Parameters:
    ///   - draft: what was asked for.
    ///   - error: what came in between.
    /// - Throws: `ArchiveError`.
    public func recordFailure(
        of draft: ImageDraft,
        because error: any Error
    ) throws(ArchiveError) {
        try archive?.recordFailure(of: draft, because: ImageRecord.Reason(error))
    }

    /// The same for work that ends with that error: a failure of the record must not hide it.
    func noteFailure(of draft: ImageDraft, because error: any Error, warn: (String) -> Void) {
        do {
            try recordFailure(of: draft, because: error)
        } catch {
            warn("the failure is not on record: \(error)")
        }
    }
}

extension ImageRecord.Reason {
    /// What failures are counted by, and the error in words.
    fileprivate init(_ error: any Error) {
        let code =
            switch (error, FailureKind(of: error)) {
            case (PipelineError.notFinite, _): "not-finite"
            case (_, .operatingSystem): "out-of-memory"
            case (_, .inputOutput): "input-output"
            default: "computation"
            }
        self.init(code: code, text: "\(error)")
    }
}
