import Archive
import ArgumentParser

/// `skiagraph review reviewer`: who may vote.
struct ReviewReviewer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reviewer",
        abstract: "List the reviewers, or register one.",
        discussion: """
            Registering a name again changes credentials and role; the log keeps both entries.

            Example:
              skiagraph review reviewer "Dr Ada Roe" --credentials "radiologist, 12 years" \\
                --role adjudicator
            """
    )

    @OptionGroup var options: ArchiveOptions

    @Argument(help: "Name, as it will stand in releases; without one the reviewers are listed.")
    var name: String?

    @Option(help: "What qualifies the reviewer.")
    var credentials: String?

    @Option(help: "Whether the reviewer also decides where others disagree.")
    var role = Reviewer.Role.reviewer

    func validate() throws {
        guard (name == nil) == (credentials == nil) else {
            throw ValidationError("a reviewer is registered with a name and --credentials")
        }
    }

    func run() async throws {
        try await options.use { archive in
            if let name, let credentials {
                try archive.register(Reviewer(name: name, credentials: credentials, role: role))
            }
            let reviewers = try archive.reviewers()
            guard options.json else {
                let rows = reviewers.map { [$0.name, $0.role.rawValue, $0.credentials] }
                return TextStream.output.write(TerminalText.table(rows))
            }
            for reviewer in reviewers { try options.print(reviewer) { _ in "" } }
        }
    }
}
