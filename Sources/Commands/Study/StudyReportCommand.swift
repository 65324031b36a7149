import ArgumentParser
import Foundation
import StudyStore
import Workflows

/// `skiagraph study report`: unblinds a study and says what it found.
struct StudyReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a study's report: a page, all figures, all answers.",
        discussion: """
            The folder gets report.html, which needs nothing else; report.json with every figure; \
            readings.csv, a row an answer, for R; and readings.imrmc for iMRMC. Standard output gets the \
            paths. A study that is open is not unblinded, unless --force says why; the look is recorded, \
            and every later report tells of it.

            EXAMPLES:
              skiagraph study report lungs -o lungs-report
              skiagraph study report lungs -o interim --force "safety look of the protocol"
            """
    )

    @OptionGroup var options: StudyOptions
    @OptionGroup var unblinding: UnblindingOptions

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("Folder of the report: a new or an empty one.", valueName: "dir")
    )
    var folder: String

    @Flag(inversion: .prefixedNo, help: "Put the images into the page.")
    var images = true

    func run() async throws {
        try await complaining {
            let report = ReportStudy(
                try options.open(),
                equivalenceMargin: unblinding.margin,
                showsImages: images
            )
            let now = Date()
            var lines = ProgressLines(every: .seconds(3))
            let paths = try await report.write(
                to: folder,
                at: now,
                forced: unblinding.look(at: now)
            ) { share in
                lines.report("figures: \(Int(100 * share)) % done")
            }
            TextStream.output.write(paths.map { "\($0)\n" }.joined())
        }
    }
}

/// Lines that tell on standard error how far a long computation is, and nothing of a short one.
private struct ProgressLines {
    private let pause: Duration
    private var due: ContinuousClock.Instant

    init(every pause: Duration) {
        self.pause = pause
        due = .now + pause
    }

    mutating func report(_ text: @autoclosure () -> String) {
        guard ContinuousClock.now >= due else { return }
        reportOnStandardError("skiagraph: \(text())")
        due = .now + pause
    }
}

/// What every command is told that reveals which images are real.
struct UnblindingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Look before the study is closed, and why.", valueName: "reason"))
    var force: String?

    @Option(help: "Deviation from an accuracy of 0.5 that does not matter.")
    var margin = 0.15

    func validate() throws {
        guard margin > 0, margin < 0.5 else {
            throw ValidationError("--margin is \(margin); it must be between 0 and 0.5")
        }
        guard force?.isEmpty != true else { throw ValidationError("--force needs a reason") }
    }

    /// The look that is recorded where the study is open.
    func look(at now: Date) -> StudyStore.ForcedLook? {
        force.map { StudyStore.ForcedLook(by: StudyOptions.person, at: now, reason: $0) }
    }
}
