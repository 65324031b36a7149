import Foundation
import Imaging
import TestSupport
import Testing

/// The model that comes with the program.
struct EmbeddedModelTests {
    private static let prompts = URL(filePath: #filePath)
        .appending(path: "../../../Documentation/demo-prompts.txt").standardized.path

    @Test func `pictures of the demo's prompts show their modality and region`() throws {
        let folder = try TemporaryFolder()
        let drawn = try Program.generate(
            "--prompts-file",
            Self.prompts,
            "--seed",
            "0",
            "--steps",
            "12",
            "--no-archive",
            "-o",
            folder.path
        )
        #expect(drawn.exitCode == 0, "\(drawn.errors)")
        #expect(drawn.outputLines.count == 12)
        for path in drawn.outputLines {
            let image = try PixelImage.read(path: path)
            #expect((image.width, image.height, image.channelCount) == (256, 256, 1))
        }
        let judged = try Program.run(
            Program.path,
            ["evaluate", "recognition", "--folder", folder.path, "--json"]
        )
        #expect(judged.exitCode == 0, "\(judged.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(judged.output.utf8))
        #expect(report.entries.reduce(0) { $0 + $1.recognized.total } == 12)
        #expect(report.entries.reduce(0) { $0 + $1.recognized.count } >= 10, "\(judged.output)")
    }

    private struct Report: Decodable {
        struct Entry: Decodable {
            struct Share: Decodable {
                let count: Int
                let total: Int
            }
            let recognized: Share
        }
        let entries: [Entry]
    }
}
