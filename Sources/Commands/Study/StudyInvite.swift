import ArgumentParser
import Foundation
import StudyStore

/// `skiagraph study invite`: makes the links by which readers come in.
struct StudyInvite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Make a personal link for each reader of a study.",
        discussion: """
            Prints a line a reader: the name, a tab, and the link. It is shown only once: the study keeps
            a hash of the code in it. A new link voids the reader's former one and signs the reader out.
            Without names, readers who have no link yet get one. Give each link to its reader alone.

            EXAMPLES:
              skiagraph study invite lungs
              skiagraph study invite lungs "Dr. Lee" --new --url https://reading.example.org
            """
    )

    @OptionGroup var options: StudyOptions

    @Argument(help: "Readers to invite.")
    var readers: [String] = []

    @Option(help: "Where readers' browsers reach the server.")
    var url = "http://127.0.0.1:8080"

    @Flag(help: "Add the named readers to the study first.")
    var new = false

    @Flag(help: "Take back the links of the named readers instead; their answers stay.")
    var revoke = false

    func validate() throws {
        guard !readers.isEmpty || !(new || revoke) else {
            throw ValidationError("--new and --revoke need the names of readers")
        }
        guard !(new && revoke) else { throw ValidationError("choose one of --new and --revoke") }
        guard Self.isAddress(url) else {
            throw ValidationError("--url is \(url); it must be like https://reading.example.org")
        }
    }

    func run() async throws {
        try await complaining {
            let study = try options.open()
            if revoke {
                for reader in readers { try await study.revokeInvitation(of: reader) }
                return
            }
            let person = StudyOptions.person
            if new {
                for reader in readers {
                    try await study.addReader(reader, by: person, at: Date())
                }
            }
            let uninvited = try await study.progress().filter { !$0.isInvited }.map(\.reader)
            let names = readers.isEmpty ? uninvited : readers
            for name in names {
                let code = try await study.invite(name, by: person, at: Date())
                TextStream.output.write("\(name)\t\(link(code))\n")
            }
            if names.isEmpty {
                reportOnStandardError("every reader has a link; name those who need a new one")
            }
        }
    }

    /// The code stands behind the #, which browsers never send, so that no log can have it.
    private func link(_ code: String) -> String {
        "\(url.hasSuffix("/") ? String(url.dropLast()) : url)/#\(code)"
    }

    private static func isAddress(_ text: String) -> Bool {
        guard let url = URL(string: text), let host = url.host() else { return false }
        let isBare = url.path().drop(while: { $0 == "/" }).isEmpty && url.query() == nil
        return ["http", "https"].contains(url.scheme) && !host.isEmpty && isBare
            && url.fragment() == nil
    }
}
