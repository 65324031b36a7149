import Archive
import ArgumentParser

/// `skiagraph review show`: what was said of an image.
struct ReviewShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the file, the state and all votes of an image, superseded ones too."
    )

    @OptionGroup var options: ArchiveOptions

    @Argument(help: ArgumentHelp("Number or hash of the image.", valueName: "image"))
    var reference: String

    private struct Review: Encodable {
        let image: Int64
        /// The image's file; nil where it was removed.
        let file: String?
        let state: ReviewState
        let rule: ReviewRule
        let votes: [Vote]
    }

    func run() async throws {
        try await options.use { archive in
            let record = try archive.record(reference)
            let review = Review(
                image: record.id,
                file: record.hasFile ? try archive.path(of: record) : nil,
                state: record.review,
                rule: try archive.reviewRule(),
                votes: try archive.votes(on: record.id)
            )
            try options.print(review) { review in
                "image \(review.image) is \(review.state.rawValue) by the rule: \(review.rule.text)\n"
                    + (review.file.map { "file \(TerminalText.line($0))\n" } ?? "")
                    + TerminalText.table(review.votes.map(\.row))
            }
        }
    }
}

extension Vote {
    /// Cells of a table.
    fileprivate var row: [String] {
        [
            "entry \(seq)", "\(recordedAt)",
            decision.rawValue + (isSuperseded ? ", superseded" : ""),
            reviewer, reasons.map(\.rawValue).joined(separator: ", "), comment ?? "",
        ]
    }
}
