import ArgumentParser
import Foundation
import ReaderStudy
import StudyStore
import Workflows

/// `skiagraph study create`: designs a study and prepares its images.
struct StudyCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a study from real and synthetic images.",
        discussion: """
            A source is a folder of PNG or JPEG files, with or without a manifest.csv, or a query of the \
            archive such as "modality=XR anatomy=chest review=accepted". All images are brought to one \
            size, one grey window and one encoding, and a classifier checks that the format alone does \
            not tell them apart. Without --real the study can still say how many synthetic images pass \
            for real ones, but nothing of chance or specificity.

            EXAMPLES:
              skiagraph study create lungs --real real --synthetic out --readers 3
              skiagraph study create lungs --real "kind=real anatomy=chest" \\
                --synthetic "kind=synthetic anatomy=chest" --images 50 --readers "Dr Roe,Dr Doe" \\
                --confidence 5 --description --repeats 10% --sessions 2 --washout-days 14 --seed 7
            """
    )

    @Argument(help: "Name of the study: a-z, 0-9, - and _.")
    var name: String

    @OptionGroup var place: WorkspaceOption
    @OptionGroup(title: "Questions") var questions: StudyQuestions

    @Option(help: ArgumentHelp("Folder or query of real images.", valueName: "source"))
    var real: String?

    @Option(help: ArgumentHelp("Folder or query of synthetic images.", valueName: "source"))
    var synthetic: String

    @Option(
        help: ArgumentHelp(
            "Let real images go through the autoencoder of the model that drew the synthetic ones.",
            valueName: "model"
        )
    )
    var realThrough: String?

    @Option(
        help: ArgumentHelp("Images of each kind, drawn by the seed (default: all).", valueName: "n")
    )
    var images: Int?

    @Option(
        help: ArgumentHelp(
            "Pixels a side at which images are shown (default: the shortest side of all, at most 1024).",
            valueName: "n"
        )
    )
    var side: Int?

    @Option(help: "A number of readers, or their names between commas.")
    var readers: CommaSeparated

    @Option(help: "Share of the images that each reader sees twice.")
    var repeats = Share(0)

    @Option(help: ArgumentHelp("Sessions that the images are dealt to.", valueName: "n"))
    var sessions = 1

    @Option(help: ArgumentHelp("Least number of days between two sessions.", valueName: "n"))
    var washoutDays = 0

    @Option(help: "Seed of all draws (default: random).")
    var seed: UInt64?

    func validate() throws {
        guard realThrough == nil || real != nil else {
            throw ValidationError("--real-through needs real images; give --real")
        }
        guard washoutDays == 0 || sessions > 1 else {
            throw ValidationError("--washout-days is between sessions; give --sessions 2 or more")
        }
        if readers.values.count == 1, let count = Int(readers.values[0]) {
            guard (1...500).contains(count) else {
                throw ValidationError("--readers is \(count); it must be 1 to 500, or names")
            }
        }
    }

    func run() async throws {
        try await complaining {
            let request = try makeRequest()
            let made = try await CreateStudy(request)(at: Date()) { event in
                switch event {
                case .note(let text): reportOnStandardError("skiagraph: \(text)")
                case .warning(let text): reportOnStandardError("skiagraph: warning: \(text)")
                }
            }
            let realCount = made.cases.count { $0.truth == .real }
            reportOnStandardError(
                "skiagraph: \(realCount) real and \(made.cases.count - realCount) synthetic images, "
                    + "\(made.showingCount) showings a reader, seed \(request.definition.order.seed); "
                    + "go on with: skiagraph study invite \(name)"
            )
            TextStream.output.write("\(made.store.folder.path)\n")
        }
    }

    private func makeRequest() throws -> CreateStudy.Request {
        let order = ReadingOrder.Design(seed: seed ?? UInt64(UInt32.random(in: 0 ... .max)))
        var request = CreateStudy.Request(
            definition: try questions.definition(named: name, order: order),
            real: real,
            synthetic: synthetic,
            readers: readerNames,
            workspace: place.workspace,
            lead: StudyOptions.person
        )
        request.definition.washoutDays = washoutDays
        request.imageCount = images
        request.realThrough = realThrough
        request.side = side
        request.repeatShare = repeats.value
        request.sessionCount = sessions
        return request
    }

    private var readerNames: [String] {
        guard readers.values.count == 1, let count = Int(readers.values[0]) else {
            return readers.values
        }
        return (1...count).map { "Reader \($0)" }
    }
}
