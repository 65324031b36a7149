public import ArgumentParser

/// `skiagraph review`: experts say which images may be released.
public struct ReviewCommand: ParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Let experts accept or reject images; without votes nothing is released.",
        discussion: """
            Every vote is an entry of a log that only grows, each entry sealed by the hash of the one \
            before; archive verify shows whether one was changed.

            EXAMPLES:
              skiagraph review reviewer "Dr Ada Roe" --credentials "radiologist, 12 years"
              skiagraph review rule --votes 2 --agreement unanimity --adjudication
              skiagraph review queue --by "Dr Ada Roe"
              skiagraph review vote 12 accept --by "Dr Ada Roe"
              skiagraph review vote 13 reject --by "Dr Ada Roe" --reason extra-digit
            """,
        subcommands: [
            ReviewQueue.self, ReviewShow.self, ReviewVote.self, ReviewRuleCommand.self,
            ReviewReviewer.self, ReviewLog.self,
        ]
    )

    /// Makes the command; the argument parser needs it.
    public init() {}
}
