import Imaging
import PromptPolicy
import Workflows

/// The JSON line of a picture that is on the disk.
struct ImageLine: Encodable {
    enum Status: String, Encodable {
        case written, present
    }

    let status: Status
    let path: String
    /// The number of the record in the archive.
    let record: Int64?
    let prompt: String
    let seed: UInt64
    let seconds: Double?
    let measures: [String: Double]?
    let provenance: Provenance

    init(_ picture: GenerateImages.Picture) {
        status = picture.duration == nil ? .present : .written
        path = picture.path
        record = picture.recordID
        prompt = picture.provenance.prompt
        seed = picture.provenance.seed &+ UInt64(clamping: picture.provenance.index)
        seconds = picture.duration.map(ProgressBar.seconds)
        measures = picture.measures.isEmpty ? nil : picture.measures
        provenance = picture.provenance
    }
}

/// The JSON line of a prompt that the policy refuses.
struct RefusalLine: Encodable {
    let status = "refused"
    let prompt: String
    let policy: String
    let category: String
    let rule: String
    let words: String?
    let advice: String

    init(_ refusal: PromptRefusal) {
        prompt = refusal.recordedPrompt
        policy = refusal.policy
        category = refusal.category
        rule = refusal.rule
        words = refusal.words
        advice = refusal.advice
    }
}

/// The JSON line of a picture that could not be drawn.
struct FailureLine: Encodable {
    let status = "failed"
    let prompt: String
    let seed: UInt64
    let reason: String

    init(_ failure: GenerateImages.Failure) {
        prompt = failure.prompt
        seed = failure.seed
        reason = failure.reason
    }
}

/// The JSON line of a contact sheet.
struct SheetLine: Encodable {
    let status = "sheet"
    let path: String
}
