import ArgumentParser
import Workflows

/// `skiagraph edit inpaint`: paints an area anew.
struct EditInpaint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inpaint",
        abstract: "Paint an area of a picture anew.",
        discussion: """
            EXAMPLES:
              skiagraph edit inpaint chest.png --box 80,60,64,64 --prompt "A chest X-ray"
              skiagraph edit inpaint wrist.png --mask mask.png --compare \\
                --prompt "An X-ray of the wrist with a fracture of the distal radius"
            """
    )

    @OptionGroup var options: EditOptions
    @OptionGroup var area: AreaOptions

    @Option(help: "What the picture shows when it is done.")
    var prompt: String

    @Option(help: "How much of the area changes, above 0 to 1.")
    var strength = 1.0

    @Flag(
        help: "Begin with the area's surroundings, continued smoothly, as at strength 1."
    )
    var infill = false

    func run() async throws {
        try await options.run(
            .inpaint(area.area, strength: strength, infills: infill),
            prompt: prompt
        )
    }
}
