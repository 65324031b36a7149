public import ArgumentParser

/// `skiagraph study`: reader studies, from the design to the report.
public struct StudyCommand: ParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "study",
        abstract: "Let radiologists say which images are real, and report what they said.",
        discussion: """
            EXAMPLES:
              skiagraph study create lungs --real real --synthetic out --readers 3 --repeats 10%
              skiagraph study invite lungs
              skiagraph study serve lungs
              skiagraph study show lungs
              skiagraph study close lungs
              skiagraph study report lungs -o lungs-report
            """,
        subcommands: [
            StudyPowerCommand.self, StudyCreate.self, StudyInvite.self, StudyServe.self,
            StudyList.self, StudyShow.self, StudyClose.self, StudyReopen.self,
            StudyReportCommand.self, StudyExport.self,
        ]
    )

    /// Makes the command; the argument parser needs it.
    public init() {}
}
