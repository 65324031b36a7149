import ArgumentParser
import Foundation
import Workflows

/// `skiagraph dicomweb push`: stores DICOM files in a server.
struct DICOMWebPush: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Store DICOM files in a DICOMweb server (STOW-RS).",
        discussion: """
            What the server has already is not sent again, so a push that was cut short is gone on with \
            by the same command. Certificates are always checked.

            Credentials come from the environment: SKIAGRAPH_DICOMWEB_USER and \
            SKIAGRAPH_DICOMWEB_PASSWORD, or SKIAGRAPH_DICOMWEB_TOKEN. They are sent over https, or to \
            this machine.

            EXAMPLES:
              skiagraph dicomweb push --url https://pacs.example.org/dicom-web out/*.dcm
              skiagraph dicomweb push --url http://127.0.0.1:8042/dicom-web exported-folder
            """
    )

    @Option(help: "Address of the service, under which are its studies.")
    var url: String

    @Argument(help: "DICOM files, and folders that hold some.")
    var files: [String] = []

    @Option(help: "How often a request that fails for now is repeated.")
    var retries = 5

    @Flag(help: "Print one JSON object an image instead of a line.")
    var json = false

    func validate() throws {
        guard (0...100).contains(retries) else {
            throw ValidationError("--retries is \(retries); give 0 to 100")
        }
    }

    func run() async throws {
        try await run(CommandContext.process, environment: ProcessInfo.processInfo.environment)
    }

    func run(_ context: CommandContext, environment: [String: String]) async throws {
        let report = PushReport(context, isJSON: json)
        do {
            let credentials = try DICOMwebCredentials(environment: environment)
            let found = try DICOMwebFile.find(files)
            let push = PushToDICOMweb(url: url, credentials: credentials, retryCount: retries)
            let task = Task { try await push.run(found) { report.show($0) } }
            let trap = context.trapsSignals ? SignalTrap { task.cancel() } : nil
            do { try await task.value } catch is CancellationError {
                report.note("stopped; the same command again sends only what the server lacks")
                throw ExitCode(128 + (trap?.caught ?? SIGINT))
            }
            try context.output.check()
        } catch let code as ExitCode {
            throw code
        } catch {
            report.note("error: \(error)")
            throw ExitCode(for: error)
        }
    }
}
