import ArgumentParser
import StudyStore

/// `skiagraph study list`: the studies of a workspace.
struct StudyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the studies of a workspace and how far they are."
    )

    @OptionGroup var place: WorkspaceOption

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    func run() async throws {
        try await complaining {
            var summaries: [StudySummary] = []
            for name in try StudyFolder.studies(in: place.workspace) {
                let study = try StudyStore(opening: name, in: place.workspace)
                summaries.append(try await StudySummary(study))
            }
            guard json else {
                return TextStream.output.write(TerminalText.table(summaries.map(\.row)))
            }
            for summary in summaries { try JSONLine.write(summary) }
        }
    }
}

/// A study in one line.
struct StudySummary: Encodable {
    let name: String
    let title: String
    let isOpen: Bool
    let imageCount: Int
    let readerCount: Int
    let answered: Int
    let expected: Int

    init(_ study: StudyStore) async throws(StudyStoreError) {
        let progress = try await study.progress()
        name = study.definition.name
        title = study.definition.title
        isOpen = try await study.isOpen()
        imageCount = try await study.cases().count
        readerCount = progress.count
        answered = progress.reduce(0) { $0 + $1.answered }
        expected = progress.reduce(0) { $0 + $1.total }
    }

    /// Cells of a table.
    var row: [String] {
        [
            name, isOpen ? "open" : "closed", "\(imageCount) images", "\(readerCount) readers",
            "\(answered) of \(expected) answers", title,
        ]
    }
}
