import Archive
import Foundation
import Imaging
import Testing

/// Images of an archive become DICOM objects that independent programs take.
struct ArchiveExportDICOMTests {
    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private let workspace: WorkspaceFolder

    init() throws { workspace = try WorkspaceFolder() }

    /// The attributes as pydicom reads them, by keyword, and the samples.
    private func pydicom(_ path: String) throws -> (elements: [String: Any], pixels: [Int]) {
        let outcome = try Program.run(
            Self.root.appending(path: ".venv-dicom/bin/python").path,
            [Self.root.appending(path: "Tests/Goldens/dicom/attributes.py").path, path]
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        let found = try #require(object as? [String: Any])
        return (
            try #require(found["elements"] as? [String: Any]),
            try #require(found["pixels"] as? [Int])
        )
    }

    private func export(_ query: String...) throws -> Program.Outcome {
        try Program.run(
            Program.path,
            [
                "archive", "export", "--format", "dicom", "-o", "\(workspace.output)-dicom",
                "--workspace", workspace.path,
            ] + query
        )
    }

    @Test func `a generated image becomes a Secondary Capture of the same levels`() throws {
        let drawn = try workspace.generate("An X-ray of the hand", "--seed", "0")
        #expect(drawn.exitCode == 0, "\(drawn.errors)")
        let outcome = try export()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let path = try #require(outcome.outputLines.first)
        #expect(path.hasSuffix("synthetic-000001.dcm"))
        let (elements, pixels) = try pydicom(path)
        #expect(elements["SyntheticData"] as? [String] == ["YES"])
        #expect(elements["Modality"] as? [String] == ["DX"])
        #expect(elements["BodyPartExamined"] as? [String] == ["HAND"])
        #expect("\(elements["DerivationDescription"] ?? "")".contains("An X-ray of the hand"))
        #expect("\(elements["ContributingEquipmentSequence"] ?? "")".contains("tiny-radiograph"))
        #expect(elements["SourceImageSequence"] == nil)
        let archive = try workspace.archive
        let image = try PixelImage.decode(archive.bytes(of: archive.record(1)))
        #expect(pixels == image.convertedToGrey().byteSamples.map(Int.init))
        let report = try Program.run("/usr/bin/dciodvfy", [path])
        let errors = (report.output + report.errors).split(separator: "\n")
            .filter { $0.hasPrefix("Error") && !$0.contains("(0x0008,0x001c)") }
        #expect(errors.isEmpty, "\(errors)")
        let again = try export()
        #expect(again.exitCode == 0, "the same object is the same bytes: \(again.errors)")
    }

    @Test func `a real image is not dressed up as a synthetic one`() throws {
        let picture = try PixelImage(width: 8, height: 8, grey: (0..<64).map { UInt8($0 * 3) })
        _ = try ImageArchive(workspace: workspace.path).add(
            picture.encodedPNG(),
            as: ImageDraft(realImageFrom: "a set, CC BY 4.0")
        )
        let outcome = try export()
        #expect(outcome.exitCode == 64)
        #expect(outcome.errors.contains("image 1 is real"))
        #expect(outcome.errors.contains("kind=synthetic"))
    }
}
