import Archive
import ArgumentParser

/// `skiagraph archive count`: what became of all that was asked for.
struct ArchiveCount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "Count records by outcome and review, refusals and failures by reason.",
        discussion: """
            Removed images count too, unless the query has removed=excluded.

            Example:
              skiagraph archive count anatomy=hand
            """
    )

    @OptionGroup var options: ArchiveOptions
    @OptionGroup var words: QueryArgument

    func run() async throws {
        try await options.use { archive in
            var query = try words.query()
            if !words.words.contains(where: { $0.hasPrefix("removed=") }) {
                query.removal = .included
            }
            try options.print(archive.account(of: query), text: Self.text)
        }
    }

    private static func text(_ account: ImageAccount) -> String {
        var rows = [["COUNT", "KIND", "OUTCOME", "REVIEW"]]
        for group in account.groups {
            let isReviewed = group.outcome == .done && group.kind != .real
            rows.append([
                "\(group.count)", group.kind.rawValue,
                group.isRemoved ? "removed" : group.outcome.rawValue,
                isReviewed ? group.review.rawValue : "-",
            ])
        }
        rows.append(["\(account.count())", "all"])
        for (title, tallies) in [
            ("REFUSED FOR", account.refusals), ("FAILED FOR", account.failures),
            ("REJECTED FOR", account.rejections),
        ] where !tallies.isEmpty {
            rows += [[], ["COUNT", title]] + tallies.map { ["\($0.count)", $0.code] }
        }
        return TerminalText.table(rows)
    }
}
