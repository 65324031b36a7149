import ArgumentParser
import Workflows

/// `skiagraph edit restyle`: image to image.
struct EditRestyle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restyle",
        abstract: "Make a whole picture follow a prompt.",
        discussion: """
            EXAMPLE:
              skiagraph edit restyle chest.png --prompt "A chest X-ray with pneumonia" --strength 0.5
            """
    )

    @OptionGroup var options: EditOptions

    @Option(help: "What the picture shows when it is done.")
    var prompt: String

    @Option(help: "How much changes, from 0 (the model's reconstruction) to 1.")
    var strength = 0.6

    func run() async throws {
        try await options.run(.restyle(strength: strength), prompt: prompt)
    }
}
