import ArgumentParser
import Imaging
import ReaderStudy
import StudyStore
import Workflows

/// What a study's readers are shown, asked and told.
struct StudyQuestions: ParsableArguments {
    @Option(help: "Heading that readers see.")
    var title = "Reading study"

    @Option(help: "Answers offered, in the order of the keys 1, 2 and 3.")
    var labels = AnswerList([.real, .fake, .uncertain])

    @Option(
        help: ArgumentHelp("Steps of the confidence scale (default: not asked).", valueName: "n")
    )
    var confidence: Int?

    @Flag(help: "Ask for a description of each image.")
    var description = false

    @Option(
        help: "Terms to choose from in a description, between commas (default: a general list)."
    )
    var regions: CommaSeparated?

    @Flag(help: "Let readers go back and change answers.")
    var revision = false

    @Option(
        help: ArgumentHelp(
            "Images whose quality readers judge first, before they learn the purpose.",
            valueName: "n"
        )
    )
    var impressions = 0

    @Flag(inversion: .prefixedNo, help: "Show grey steps first, once per device.")
    var screenCheck = true

    @Option(help: ArgumentHelp("Text file with the words of consent.", valueName: "file"))
    var consent: String?

    @Option(
        help: ArgumentHelp(
            "Text file with what readers are told after the first impressions.",
            valueName: "file"
        )
    )
    var disclosure: String?

    func validate() throws {
        guard regions == nil || description else {
            throw ValidationError("--regions belong to a description; add --description")
        }
    }

    /// The definition that these answers make.
    ///
    /// - Throws: `ImagingError` or `StudyFailure.file` for a text that cannot be read.
    func definition(named name: String, order: ReadingOrder.Design) throws -> StudyDefinition {
        var definition = StudyDefinition(name: name, title: title, order: order)
        definition.labels = labels.answers
        definition.confidenceLevels = confidence
        definition.asksDescription = description
        definition.regionTerms = description ? regions?.values ?? RegionTerms.general : []
        definition.allowsRevision = revision
        definition.impressionCount = impressions
        definition.checksScreen = screenCheck
        if let consent { definition.consent = try Self.text(of: consent) }
        if let disclosure { definition.disclosure = try Self.text(of: disclosure) }
        return definition
    }

    private static func text(of path: String) throws -> String {
        guard let text = String(validating: try File.read(path), as: UTF8.self) else {
            throw StudyFailure.file(path: path, reason: "it is not text in UTF-8")
        }
        return text
    }
}

/// Answers between commas, such as `real,fake`.
struct AnswerList: ExpressibleByArgument {
    let answers: [Answer]

    init(_ answers: [Answer]) { self.answers = answers }

    init?(argument: String) {
        guard let words = CommaSeparated(argument: argument)?.values else { return nil }
        answers = words.compactMap(Answer.init)
        guard answers.count == words.count else { return nil }
    }

    var defaultValueDescription: String { answers.map(\.rawValue).joined(separator: ",") }
}
