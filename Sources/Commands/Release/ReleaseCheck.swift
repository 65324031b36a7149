import Archive
import ArgumentParser
import Workflows

/// `skiagraph release check`: whether images repeat training images.
struct ReleaseCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Compare images with the model's training images, and put what is found on record.",
        discussion: """
            An image passes when it is no nearer to any training image than all but one in a hundred held-out images \
            are. A release takes only images that pass.

            Example:
              skiagraph release check anatomy=hand --data images
            """
    )

    @OptionGroup var options: ArchiveOptions
    @OptionGroup var words: QueryArgument

    @Option(help: "Folder of the training data: image sets, each with images and a manifest.csv.")
    var data: String

    @Option(help: "Folder of the region classifier (default: the embedded one).")
    var classifier: String?

    func run() async throws {
        try await options.use { archive in
            let check = CheckMemorization(in: archive, classifierFolder: classifier) { line in
                reportOnStandardError("skiagraph: \(line)")
            }
            try check(words.query(), data: data) { finding in
                try options.print(finding, text: Self.text)
            }
        }
    }

    private static func text(_ finding: CheckMemorization.Finding) -> String {
        let verdict = finding.isPassed ? "passes" : "TOO NEAR"
        return TerminalText.line("image \(finding.image) \(verdict): \(finding.check)") + "\n"
    }
}
