import Archive
import ArgumentParser

/// `skiagraph review vote`: one expert on one image.
struct ReviewVote: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vote",
        abstract: "Accept or reject an image.",
        discussion: """
            A rejection needs a reason; the reason "other" needs a comment. A vote cannot be deleted; \
            --supersede puts another one in its place, and both stay in the log.

            Examples:
              skiagraph review vote 12 accept --by "Dr Ada Roe"
              skiagraph review vote 13 reject --by "Dr Ada Roe" --reason extra-digit --reason other \\
                --comment "six fingers, and the wrist ends in the air"
            """
    )

    @OptionGroup var options: ArchiveOptions

    @Argument(help: ArgumentHelp("Number or hash of the image.", valueName: "image"))
    var reference: String

    @Argument(help: "Whether the image may be released.")
    var decision: Vote.Decision

    @Option(help: ArgumentHelp("Registered name of the reviewer.", valueName: "name"))
    var by: String

    @Option(help: "What speaks against the image; may be given several times.")
    var reason: [Vote.Reason] = []

    @Option(help: "Free words; they are kept.")
    var comment: String?

    @Flag(help: "Put this vote in the place of the reviewer's earlier one.")
    var supersede = false

    private struct Line: Encodable {
        let image: Int64
        let review: ReviewState
    }

    func run() async throws {
        try await options.use { archive in
            let id = try archive.record(reference).id
            let state = try archive.vote(
                decision,
                on: id,
                by: by,
                reasons: reason,
                comment: comment,
                isSuperseding: supersede
            )
            try options.print(Line(image: id, review: state)) { line in
                "image \(line.image) is \(line.review.rawValue)\n"
            }
        }
    }
}
