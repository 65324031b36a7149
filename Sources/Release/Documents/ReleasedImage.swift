import Archive
import Imaging

/// One image of a release with all that is known of it: its provenance file.
struct ReleasedImage: Encodable {
    let fileName: String
    let dicomFile: String?
    let sha256: String
    let record: ImageRecord
    let votes: [Vote]
    let memorization: MemorizationCheck
    /// The images that it was edited from, the nearest first; their files are not part of the release.
    let ancestors: [Ancestor]

    /// An image that another was edited from.
    struct Ancestor: Encodable {
        let kind: ImageRecord.Kind
        let sha256: String?
        let source: String?
        let provenance: Provenance?
    }

    enum CodingKeys: String, CodingKey {
        case sha256, record, votes, memorization, ancestors
        case fileName = "file_name"
        case dicomFile = "dicom_file"
    }

    /// The record's number and kind, in the order of which files sort.
    static func baseName(of record: ImageRecord) -> String {
        let digits = String(record.id)
        let zeros = String(repeating: "0", count: max(0, 6 - digits.count))
        return "\(record.kind.rawValue)-\(zeros)\(digits)"
    }

    /// Where the provenance is.
    var provenanceFile: String { "provenance/\(Self.baseName(of: record)).json" }
}

extension ReleasedImage {
    /// The columns of manifest.csv and the keys of metadata.jsonl, in order; nil where nothing is known.
    var row: [(name: String, value: ManifestValue?)] {
        let (provenance, labels) = (record.provenance, record.labels)
        return [
            ("file_name", .text(fileName)), ("dicom_file", dicomFile.map(ManifestValue.text)),
            ("provenance_file", .text(provenanceFile)), ("sha256", .text(sha256)),
            ("pixel_sha256", record.file.map { .text($0.pixelSHA256) }),
            ("width", record.file.map { .integer(UInt64($0.layout.width)) }),
            ("height", record.file.map { .integer(UInt64($0.layout.height)) }),
            ("bit_depth", record.file.map { .integer(UInt64($0.layout.bitDepth)) }),
            ("kind", .text(record.kind.rawValue)),
            ("prompt", provenance.map { .text($0.prompt) }),
            ("negative_prompt", provenance?.negativePrompt.map(ManifestValue.text)),
            ("modality", labels.modality.map(ManifestValue.text)),
            ("anatomy", labels.anatomy.map(ManifestValue.text)),
            ("view", labels.view.map(ManifestValue.text)),
            ("finding", labels.finding.map(ManifestValue.text)),
            ("sex", labels.sex.map(ManifestValue.text)),
            ("model", provenance.map { .text($0.model) }),
            ("model_sha256", provenance?.modelSHA256.map(ManifestValue.text)),
            // As text: many readers take numbers of 64 bits for floating-point ones.
            ("seed", provenance.map { .text("\($0.seed)") }),
            ("index", provenance.map { .integer(UInt64($0.index)) }),
            ("steps", provenance.map { .integer(UInt64($0.inferenceStepCount)) }),
            ("guidance", provenance.map { .number($0.guidanceScale) }),
            ("scheduler", provenance.map { .text($0.scheduler) }),
            ("parent_sha256", provenance?.parentSHA256.map(ManifestValue.text)),
            ("accepting_votes", .integer(UInt64(standing(.accept)))),
            ("rejecting_votes", .integer(UInt64(standing(.reject)))),
            ("nearest_training_distance", .number(memorization.distance)),
            ("training_distance_threshold", .number(memorization.threshold)),
            ("digital_source_type", provenance.map { .text($0.digitalSourceType.uri) }),
        ]
    }

    private func standing(_ decision: Vote.Decision) -> Int {
        votes.count { !$0.isSuperseded && $0.decision == decision }
    }
}
