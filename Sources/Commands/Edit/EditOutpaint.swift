import ArgumentParser
import Workflows

/// `skiagraph edit outpaint`: the picture goes on beyond its borders.
struct EditOutpaint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outpaint",
        abstract: "Continue a picture beyond its borders.",
        discussion: """
            The canvas is painted in overlapping windows, outward from the picture. What is painted is \
            kept after every window: the same command run again goes on where it was stopped.

            --plan body paints each window by its region of the body, from the region that the prompt names \
            on; --plan FILE takes regions from JSON: {"source_center": 0.285, "source_height": 0.147, \
            "regions": [{"name": "thigh", "from": 0.35, "to": 0.46, "prompt": "An X-ray of the thigh"}]}, \
            heights from 0 at the sole to 1 at the crown.

            EXAMPLES:
              skiagraph edit outpaint hand.png --up 64 --down 64 --prompt "An X-ray of the hand"
              skiagraph edit outpaint knee.png --to 768x2048 --plan body --prompt "An X-ray of the knee"
            """
    )

    @OptionGroup var options: EditOptions

    @Option(help: "What the picture shows when it is done.")
    var prompt: String

    @Option(help: "Size of the canvas in pixels.")
    var to: ImageSize?

    @Option(parsing: .unconditional, help: "Pixels to add on the left.")
    var left: Int?

    @Option(parsing: .unconditional, help: "Pixels to add on the right.")
    var right: Int?

    @Option(parsing: .unconditional, help: "Pixels to add above.")
    var up: Int?

    @Option(parsing: .unconditional, help: "Pixels to add below.")
    var down: Int?

    @Option(help: ArgumentHelp("Prompts for the windows.", valueName: "body|file"))
    var plan: String?

    func validate() throws {
        let hasMargins = [left, right, up, down].contains { $0 != nil }
        guard (to != nil) != hasMargins else {
            throw ValidationError(
                "say how far: either --to WxH, or some of --left, --right, --up and --down"
            )
        }
    }

    func run() async throws {
        let extent: EditImage.Outpainting.Extent =
            if let to {
                .size(to)
            } else {
                .margins(left: left ?? 0, up: up ?? 0, right: right ?? 0, down: down ?? 0)
            }
        let words: EditImage.Outpainting.Words =
            switch plan {
            case nil: .prompt
            case "body": .body
            case let path?: .file(path: path)
            }
        try await options.run(.outpaint(.init(extent: extent, words: words)), prompt: prompt)
    }
}
