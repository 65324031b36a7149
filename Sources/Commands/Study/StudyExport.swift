public import ArgumentParser
import Foundation
public import Workflows

/// `skiagraph study export`: a study's answers for other programs.
struct StudyExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print a study's answers with the truth, for R, iMRMC and others.",
        discussion: """
            csv has a row an answer, with columns named as MRMCaov's; imrmc is an input file of iMRMC, \
            which RJafroc reads too; json has figures as well; html is the report's page. An open \
            study is unblinded only with --force, as for a report.

            Example:
              skiagraph study export lungs --format csv > readings.csv
            """
    )

    @OptionGroup var options: StudyOptions
    @OptionGroup var unblinding: UnblindingOptions

    @Option(help: "Form of the output.")
    var format = ReportStudy.Document.csv

    func run() async throws {
        try await complaining {
            let report = ReportStudy(try options.open(), equivalenceMargin: unblinding.margin)
            let now = Date()
            TextStream.output.write(
                try await report.text(of: format, at: now, forced: unblinding.look(at: now))
            )
        }
    }
}

extension ReportStudy.Document: ExpressibleByArgument {}
