import Archive
import Foundation
import Imaging

/// All that an archive knows of one image.
struct ImageDetails: Encodable {
    let record: ImageRecord
    let path: String?
    let lineage: Lineage
    let votes: [Vote]
    let memorizationCheck: MemorizationCheck?

    enum CodingKeys: String, CodingKey {
        case record, path, lineage, votes
        case memorizationCheck = "memorization_check"
    }

    /// Names and values, a line each.
    var text: String {
        let rows = recordRows + fileRows + requestRows + lineageRows + votes.map(Self.row)
        let check = memorizationCheck.map { check in
            ["memorization", "\(check.isPassed ? "passes" : "TOO NEAR"): \(check)"]
        }
        return TerminalText.table(rows + (check.map { [$0] } ?? []))
    }

    private var recordRows: [[String]] {
        let labels = record.labels
        let values: [(String, String?)] = [
            ("image", "\(record.id)"), ("kind", record.kind.rawValue),
            ("outcome", record.outcome.rawValue),
            ("reason", record.reason.map { "\($0.code): \($0.text)" }),
            ("review", record.outcome == .done ? record.review.rawValue : nil),
            ("recorded", record.recordedAt.description),
            ("started", record.startedAt?.description),
            ("finished", record.finishedAt?.description),
            ("removed", record.removal.map { "\($0.removedAt): \($0.reason)" }),
            ("modality", labels.modality), ("anatomy", labels.anatomy), ("view", labels.view),
            ("finding", labels.finding), ("sex", labels.sex), ("source", record.source),
        ]
        return values.compactMap { name, value in value.map { [name, $0] } }
    }

    private var fileRows: [[String]] {
        let file = record.file.map { file in
            [
                ["file", path ?? "removed"], ["format", "\(file.format), \(file.byteCount) bytes"],
                ["picture", "\(file.layout)"], ["file SHA-256", file.sha256],
                ["pixel SHA-256", file.pixelSHA256],
            ]
        }
        return (file ?? []) + (record.mask.map { [["mask SHA-256", $0.sha256]] } ?? [])
    }

    /// The request under the names that the command line and files use.
    private var requestRows: [[String]] {
        guard let request = record.provenance else { return [] }
        let values: [(String, String?)] = [
            ("prompt", request.prompt), ("negative", request.negativePrompt),
            ("seed", "\(request.seed)"), ("index", "\(request.index)"),
            ("steps", "\(request.inferenceStepCount)"), ("guidance", "\(request.guidanceScale)"),
            ("scheduler", request.scheduler), ("size", "\(request.width)x\(request.height)"),
            ("model", request.model), ("weights", request.modelSHA256), ("dtype", request.dtype),
            ("device", request.device), ("version", request.softwareVersion),
            ("edit", request.edit), ("parent SHA-256", request.parentSHA256),
        ]
        return values.compactMap { name, value in value.map { [name, $0] } }
    }

    private var lineageRows: [[String]] {
        lineage.ancestors.map { ["made from", "image \($0.id)"] }
            + (lineage.missingAncestorSHA256.map { [["made from", "\($0), not in the archive"]] }
                ?? [])
            + lineage.descendants.map { ["made into", "image \($0.id)"] }
    }

    private static func row(_ vote: Vote) -> [String] {
        let reasons = vote.reasons.map(\.rawValue).joined(separator: ", ")
        let parts = [
            vote.decision.rawValue, reasons.isEmpty ? nil : "(\(reasons))",
            "by \(vote.reviewer) at \(vote.recordedAt)", vote.isSuperseded ? "superseded" : nil,
            vote.comment,
        ]
        return ["vote", parts.compactMap(\.self).joined(separator: " ")]
    }
}
