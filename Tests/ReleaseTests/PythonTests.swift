import Archive
import Foundation
import Imaging
import Release
import Testing

/// A release in the hands of those for whom it is made: mlcroissant, datasets, pydicom and the csv module.
struct PythonTests {
    static let python = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: ".venv-release/bin/python").path

    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: python),
            "run Scripts/setup --tests, which installs the Python packages"
        )
    )
    func `mlcroissant, datasets and pydicom load a release`() throws {
        let fixture = try ReleaseFixture()
        let prompt = "An X-ray of the \"left\" hand,\nwith a fracture; Röntgenbild"
        let record = try fixture.releasableImage(1, prompt: prompt)
        try fixture.releasableImage(.max - 7, bitDepth: 16)
        let release = try fixture.create(includesDICOM: true)
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "load_release.py").path
        let outcome = try run(Self.python, script, release.folder, "\(fixture.root)/cache")
        try #require(outcome.status == 0)
        let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        let found = try #require(json as? [String: Any])

        #expect(found["errors"] as? [String] == [])
        #expect(found["warnings"] as? [String] == [])
        #expect(found["version"] as? String == "http://mlcommons.org/croissant/1.1")
        let rai = try #require(found["rai"] as? [String: Any])
        #expect((rai["collection"] as? String)?.contains("radiograph-mini") == true)
        for key in ["biases", "privacy", "annotation"] {
            #expect((rai[key] as? [String])?.isEmpty == false, "\(key)")
        }

        let records = try #require(found["records"] as? [[String: Any]])
        #expect(records.map { $0["prompt"] as? String } == [prompt, "An X-ray of the hand"])
        #expect(records.map { $0["seed"] as? String } == ["1", "\(UInt64.max - 7)"])
        #expect(records.map { $0["guidance"] as? Double } == [4.5, 4.5])
        #expect(records.map { $0["modality"] as? String } == ["XR", "XR"])
        let pixels = try PixelImage.decode(fixture.archive.bytes(of: record)).rows
        #expect(records.first?["image"] as? [[Int]] == pixels)

        for loader in ["imagefolder", "card"] {
            let rows = try #require(found[loader] as? [[String: Any]], "\(loader)")
            #expect(rows.map { $0["prompt"] as? String } == [prompt, "An X-ray of the hand"])
            #expect((rows.first?["image"] as? [Any])?.first as? [Int] == [16, 12])
        }
        let csv = try #require(found["csv"] as? [[String: String]])
        #expect(csv.map { $0["prompt"] } == [prompt, "An X-ray of the hand"])
        #expect(csv.map { $0["sha256"] } == [record.file?.sha256, csv.last?["sha256"]])

        let header = try #require(found["header"] as? [String: Any])
        #expect(header["license"] as? String == "cc-by-4.0")
        #expect(header["pretty_name"] as? String == "Synthetic hands: a test")

        let dicom = try #require(found["dicom"] as? [String: [String: Any]])
        #expect(dicom.keys.sorted() == ["synthetic-000001.dcm", "synthetic-000002.dcm"])
        #expect(dicom.values.allSatisfy { $0["synthetic"] as? String == "YES" })
        #expect(dicom["synthetic-000001.dcm"]?["pixels"] as? [[Int]] == pixels)
    }
}

extension PixelImage {
    /// The samples of a grey image of 8 bits, row by row.
    fileprivate var rows: [[Int]] {
        guard case .uint8(let values) = samples else { return [] }
        return (0..<height).map { row in values[row * width..<(row + 1) * width].map(Int.init) }
    }
}
