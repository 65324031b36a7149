import ArgumentParser
import Foundation
import StudyStore

/// `skiagraph study show`: how far each reader is, and what was done to the study.
struct StudyShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show how far each reader is, and the study's log; no answer is unblinded."
    )

    @OptionGroup var options: StudyOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    private struct Account: Encodable {
        struct Reader: Encodable {
            let name: String
            let answered: Int
            let total: Int
            let isInvited: Bool
            let hasPoorScreen: Bool
            let lastAnswerAt: String?
        }

        struct Event: Encodable {
            let at: String
            let who: String
            let kind: String
            let note: String
        }

        let study: StudySummary
        let readers: [Reader]
        let log: [Event]
    }

    func run() async throws {
        try await complaining {
            let study = try options.open()
            let account = Account(
                study: try await StudySummary(study),
                readers: try await study.progress().map { reader in
                    Account.Reader(
                        name: reader.reader,
                        answered: reader.answered,
                        total: reader.total,
                        isInvited: reader.isInvited,
                        hasPoorScreen: reader.hasPoorScreen,
                        lastAnswerAt: reader.lastAnswerAt?.ISO8601Format()
                    )
                },
                log: try await study.events().map { event in
                    Account.Event(
                        at: event.at.ISO8601Format(),
                        who: event.who,
                        kind: event.kind.rawValue,
                        note: event.note
                    )
                }
            )
            if json { try JSONLine.write(account) } else { write(account) }
        }
    }

    private func write(_ account: Account) {
        let readers = account.readers.map { reader in
            [
                reader.name, "\(reader.answered) of \(reader.total)",
                reader.isInvited ? "invited" : "not invited",
                reader.lastAnswerAt.map { "last answer \($0)" } ?? "no answer yet",
                reader.hasPoorScreen ? "poor screen" : "",
            ]
        }
        let log = account.log.map { [$0.at, $0.who, $0.kind, $0.note] }
        TextStream.output.write(
            TerminalText.table([account.study.row]) + "\n" + TerminalText.table(readers) + "\n"
                + TerminalText.table(log)
        )
    }
}
