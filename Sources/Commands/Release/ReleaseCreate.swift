import Archive
import ArgumentParser
import Imaging
import PromptPolicy
import Release
import Workflows

/// `skiagraph release create`: makes a data set of the images that may leave.
struct ReleaseCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract:
            "Write accepted images, with all that is known of them, into an immutable folder and a tar file.",
        discussion: """
            Images that experts have not accepted, whose prompt the policy refuses, that were not compared with the \
            training images or are too near to one, cannot enter: standard output lists them with what to do, and the \
            exit status is 77. Note the seal that is printed at the end; `release verify` takes it.

            Examples:
              skiagraph release create hand-fractures --from "anatomy=hand fracture" --creator "Bone Group"
              skiagraph release create hands --from "anatomy=hand review=accepted" --leave-out --dicom -o releases
            """
    )

    @OptionGroup var options: ArchiveOptions
    @OptionGroup var policy: PolicyOptions
    @OptionGroup var words: ReleaseWords

    @Argument(help: "Name of the data set: small letters, digits and hyphens.")
    var name: String

    @Option(help: ArgumentHelp("Which images, in the words of archive search.", valueName: "query"))
    var from: String

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("Folder that gets the release.", valueName: "dir")
    )
    var destination = "."

    @Flag(help: "Leave out what may not leave, instead of releasing nothing.")
    var leaveOut = false

    @Flag(help: "Write each image as DICOM (Secondary Capture), too.")
    var dicom = false

    func run() async throws {
        try await options.use { archive in
            // Reading it first names its path where it cannot be used.
            _ = try policy.policy()
            let create = try CreateRelease(
                from: archive,
                policyJSON: policy.path.map { path throws(ImagingError) in try File.read(path) }
                    ?? PromptPolicy.clinicalJSON,
                softwareVersion: SoftwareVersion.current
            )
            let request = CreateRelease.Request(
                description: try words.description(name: name),
                query: try ImageQuery(parsing: from),
                destination: destination,
                leavesOut: leaveOut,
                includesDICOM: dicom
            )
            if words.url == nil {
                reportOnStandardError(
                    "skiagraph: without --url citation and Croissant metadata name no address, and none can "
                        + "be added later"
                )
            }
            do {
                let result = try create(request) { reportOnStandardError("skiagraph: \($0)") }
                try options.print(result, text: Self.text)
            } catch let error as ReleaseError {
                if case .blocked(let images, _) = error { try list(images) }
                throw error
            }
        }
    }

    private struct BlockedLine: Encodable {
        let image: Int64
        let obstacle: String
        let advice: String
    }

    private func list(_ images: [BlockedImage]) throws {
        for image in images {
            for obstacle in image.obstacles {
                let line = BlockedLine(
                    image: image.record.id,
                    obstacle: obstacle.code,
                    advice: obstacle.description(of: image.record.id)
                )
                try options.print(line) { line in
                    TerminalText.line("image \(line.image): \(line.obstacle): \(line.advice)")
                        + "\n"
                }
            }
        }
    }

    private static func text(_ result: CreateRelease.Result) -> String {
        """
        \(result.folder) and \(result.tar): images \(result.imageCount), left out \(result.leftOutCount)
        seal \(result.seal)

        """
    }
}
