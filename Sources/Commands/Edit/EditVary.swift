import ArgumentParser
import Workflows

/// `skiagraph edit vary`: pictures like this one.
struct EditVary: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vary",
        abstract: "Make variations of a picture.",
        discussion: """
            The noise from which the model makes the picture is found by DDIM inversion and turned towards \
            fresh noise, so that small strengths keep the anatomy.

            EXAMPLE:
              skiagraph edit vary knee.png -n 4 --strength 0.4
            """
    )

    @OptionGroup var options: EditOptions

    @Option(help: "What the picture shows.")
    var prompt = ""

    @Option(help: "How much changes, from 0 (the model's reconstruction) to 1.")
    var strength = 0.5

    func run() async throws {
        try await options.run(.vary(strength: strength), prompt: prompt)
    }
}
