import Archive
import Imaging

/// Records as lines of a terminal.
enum RecordTable {
    /// A line a record under a line of titles; nothing for no records.
    static func text(_ records: [ImageRecord]) -> String {
        guard !records.isEmpty else { return "" }
        let titles = ["ID", "KIND", "OUTCOME", "REVIEW", "RECORDED", "LABELS", "PROMPT"]
        return TerminalText.table([titles] + records.map(row))
    }

    private static func row(_ record: ImageRecord) -> [String] {
        let labels = [record.labels.modality, record.labels.anatomy, record.labels.view]
        let text = record.provenance?.prompt ?? record.source ?? ""
        let seed = record.provenance.map { ", seed \($0.seed &+ UInt64(clamping: $0.index))" } ?? ""
        return [
            "\(record.id)", record.kind.rawValue,
            record.removal == nil ? record.outcome.rawValue : "removed",
            record.outcome == .done && record.kind != .real ? record.review.rawValue : "-",
            String(record.recordedAt.description.prefix(19)) + "Z",
            labels.compactMap(\.self).joined(separator: " "),
            TerminalText.line(text, upTo: 60) + seed,
        ]
    }
}
