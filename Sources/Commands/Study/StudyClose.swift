import ArgumentParser
import Foundation
import StudyStore

/// `skiagraph study close`: ends the reading.
struct StudyClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Stop taking answers; from then on results may be seen."
    )

    @OptionGroup var options: StudyOptions

    @Option(help: "Remark for the study's log.")
    var note = ""

    func run() async throws {
        try await complaining {
            let study = try options.open()
            try await study.close(by: StudyOptions.person, at: Date(), note: note)
            let summary = try await StudySummary(study)
            reportOnStandardError(
                "skiagraph: \(summary.name) is closed with \(summary.answered) of "
                    + "\(summary.expected) answers; go on with: "
                    + "skiagraph study report \(summary.name) -o \(summary.name)-report"
            )
        }
    }
}

/// `skiagraph study reopen`: lets readers go on.
struct StudyReopen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen",
        abstract: "Take answers again; the log keeps it, and the report says so."
    )

    @OptionGroup var options: StudyOptions

    @Option(help: "Why, for the study's log.")
    var reason: String

    func run() async throws {
        try await complaining {
            try await options.open().reopen(by: StudyOptions.person, at: Date(), note: reason)
        }
    }
}
