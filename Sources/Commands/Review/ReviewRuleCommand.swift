import Archive
import ArgumentParser

/// `skiagraph review rule`: when an image counts as accepted.
struct ReviewRuleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rule",
        abstract: "Show or set the project's rule: how many votes, and how they decide.",
        discussion: """
            Without options the rule is shown. What is not given stays as it is. All votes are counted \
            by the new rule at once, those given already too; the change is an entry of the log.

            Example:
              skiagraph review rule --votes 3 --agreement majority --no-adjudication
            """
    )

    @OptionGroup var options: ArchiveOptions

    @Option(help: "Votes that an image needs.")
    var votes: Int?

    @Option(help: "How votes become a decision.")
    var agreement: ReviewRule.Agreement?

    @Flag(
        inversion: .prefixedNo,
        help: "Whether an adjudicator decides where reviewers disagree; if not, it is a rejection."
    )
    var adjudication: Bool?

    func run() async throws {
        try await options.use { archive in
            var rule = try archive.reviewRule()
            if votes != nil || agreement != nil || adjudication != nil {
                rule.voteCount = votes ?? rule.voteCount
                rule.agreement = agreement ?? rule.agreement
                rule.isAdjudicated = adjudication ?? rule.isAdjudicated
                try archive.setReviewRule(rule)
            }
            try options.print(rule) { "\($0.text)\n" }
        }
    }
}

extension ReviewRule {
    /// The rule in words.
    var text: String {
        "\(voteCount) \(voteCount == 1 ? "vote" : "votes"), \(agreement.rawValue), "
            + (isAdjudicated
                ? "an adjudicator decides disagreements" : "a disagreement is a rejection")
    }
}
