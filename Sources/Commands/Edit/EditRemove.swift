import ArgumentParser
import Workflows

/// `skiagraph edit remove`: takes an element away.
struct EditRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take an element away and fill in from its surroundings.",
        discussion: """
            Several candidates are painted. The one that agrees best with its border comes first; the \
            others follow, each in a file of its own.

            EXAMPLE:
              skiagraph edit remove shoulder.png --box 12,8,20,24 --element "side marker" \\
                --prompt "An X-ray of the shoulder"
            """
    )

    @OptionGroup var options: EditOptions
    @OptionGroup var area: AreaOptions

    @Option(help: "What the picture shows, without the element.")
    var prompt = ""

    @Option(help: "Words for the element; they are taken out of the prompt and steered away from.")
    var element = ""

    @Option(parsing: .unconditional, help: "Pixels around the mask that are filled too.")
    var margin = 4.0

    @Option(help: "Candidates to paint.")
    var candidates = 4

    func run() async throws {
        try await options.run(
            .remove(area.area, candidateCount: candidates, margin: margin, element: element),
            prompt: prompt
        )
    }
}
