import Imaging
import Workflows

/// The JSON line of a picture that is on the disk.
struct ImageLine: Encodable {
    enum Status: String, Encodable {
        case written, present
    }

    let status: Status
    let path: String
    let prompt: String
    let seed: UInt64
    let seconds: Double?
    let provenance: Provenance

    init(_ record: GenerateImages.ImageRecord) {
        status = record.duration == nil ? .present : .written
        path = record.path
        prompt = record.provenance.prompt
        seed = record.provenance.seed &+ UInt64(clamping: record.provenance.index)
        seconds = record.duration.map(ProgressBar.seconds)
        provenance = record.provenance
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
