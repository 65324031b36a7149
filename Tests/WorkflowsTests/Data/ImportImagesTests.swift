import DICOM
import Foundation
import Imaging
import Testing
import Training
import Workflows

struct ImportImagesTests {
    private let fixture: DataFixture

    init() throws { fixture = try DataFixture() }

    private func everyImage() throws -> [String] {
        try fixture.files().keys.filter { $0.hasSuffix(".png") }.sorted()
            .map { "\(fixture.dataSet)/\($0)" }
    }

    /// pydicom's own modality and VOI LUT, as brightness from 0 to 1.
    private func pydicomBrightness(_ name: String) throws -> [Double] {
        let folder = fixture.path + "/reference"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = DataFixture.root.appending(path: ".venv-dicom/bin/python")
        process.arguments = [
            DataFixture.root.appending(path: "Tests/Goldens/dicom/reference.py").path, folder,
        ]
        try process.run()
        process.waitUntilExit()
        let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name).display"))
        return data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    }

    @Test(arguments: ["CT_small", "MR_small_jpeg_ls_lossless", "693_J2KI"])
    func `a DICOM file becomes a 16-bit picture of pydicom's levels`(name: String) throws {
        try fixture.add(pydicom: name)
        let summary = try fixture.importAll { $0.isCleared = true }
        #expect((summary.imported, summary.images, summary.failed) == (1, 1, 0))
        let image = try PixelImage.read(path: #require(everyImage().first))
        #expect((image.bitDepth, image.channelCount) == (16, 1))
        guard case .uint16(let levels) = image.samples else { return }
        let expected = try pydicomBrightness(name)
        #expect(levels.count == expected.count)
        let worst = zip(levels, expected).map { abs(Double($0) - $1 * 65_535) }.max() ?? 0
        #expect(worst <= 0.5 + 1e-6)
    }

    @Test func `nothing that identifies anybody is in the data set`() throws {
        let source = try fixture.add(pydicom: "CT_small")
        try fixture.importAll { $0.split = try PatientSplit(shares: [1, 0, 0]) }
        let file = try DICOMFile(path: source)
        // Names, numbers, dates, places, machines and UIDs of PS3.15 Table E.1-1 in this file.
        let identifying: [(UInt16, UInt16)] = [
            (0x0008, 0x0018), (0x0008, 0x0020), (0x0008, 0x0030), (0x0008, 0x0050),
            (0x0008, 0x0080), (0x0008, 0x0090), (0x0008, 0x1010), (0x0008, 0x1030),
            (0x0008, 0x1090), (0x0010, 0x0010), (0x0010, 0x0020), (0x0018, 0x1020),
            (0x0020, 0x000D), (0x0020, 0x000E), (0x0020, 0x0052), (0x0018, 0x1000),
        ]
        let values = identifying.compactMap { file.text(DICOMTag($0.0, $0.1)) }
            .filter { $0.count >= 3 }
        #expect(values.count >= 8, "the file is to have something to hide: \(values)")
        for (name, data) in try fixture.files() {
            for value in values + ["CT_small"] {
                #expect(data.range(of: Data(value.utf8)) == nil, "\(name) has \(value)")
            }
        }
        let manifest = try ImageManifest(folder: fixture.dataSet + "/imported")
        let image = try #require(manifest.images.first)
        #expect(manifest.images.count == 1)
        #expect((image.modality, image.view, image.sex) == ("CT", "axial", nil))
        #expect(image.prompt == "CT slice of the hand, axial view")
    }

    @Test func `what ties images to patients is for the owner alone`() throws {
        try fixture.add(DataFixture.picture(1), as: "a.png")
        try fixture.importAll()
        for name in ["key", "imported.jsonl"] {
            let path = "\(fixture.dataSet).journal/\(name)"
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
    }

    @Test func `what is broken is listed with its reason and stops nothing`() throws {
        for name in ["MR_truncated", "rtplan", "CT_small"] { try fixture.add(pydicom: name) }
        try Data("no image".utf8).write(to: URL(filePath: fixture.sources + "/a.png"))
        try Data().write(to: URL(filePath: fixture.sources + "/empty.jpg"))
        var reasons: [String: String] = [:]
        let summary = try fixture.importAll(report: { event in
            if case .failed(let path, let reason) = event {
                reasons[URL(filePath: path).lastPathComponent] = reason
            }
        })
        #expect((summary.imported, summary.failed) == (1, 4))
        #expect(reasons["MR_truncated.dcm"]?.contains("truncated") == true)
        #expect(reasons["rtplan.dcm"]?.contains("holds no image") == true)
        #expect(reasons["a.png"]?.contains("neither DICOM nor PNG") == true)
        #expect(reasons["empty.jpg"]?.contains("empty") == true)
    }

    @Test func `every frame becomes an image`() throws {
        try fixture.add(pydicom: "SC_rgb_rle_2frame")
        let summary = try fixture.importAll { $0.isCleared = true }
        #expect((summary.imported, summary.images) == (1, 2))
    }

    @Test func `16 bits stay 16 bits and colours stay colours`() throws {
        let folder = DataFixture.root.appending(path: "Tests/Goldens/imaging/tiff").path
        for name in ["grey16-deflate", "rgb8-packbits"] {
            try FileManager.default.copyItem(
                atPath: "\(folder)/\(name).tif",
                toPath: "\(fixture.sources)/\(name).tif"
            )
        }
        try fixture.importAll { $0.isCleared = true }
        let found = try everyImage().map { try PixelImage.read(path: $0) }
        let expected = try ["grey16-deflate", "rgb8-packbits"].map {
            try PixelImage.read(path: "\(folder)/\($0).tif")
        }
        #expect(Set(found) == Set(expected))
    }

    @Test func `images with burned-in text wait for a person`() throws {
        let capture = SecondaryCapture(
            image: try DataFixture.picture(3),
            imageSHA256: "ab",
            synthesis: Synthesis(prompt: "A hand", softwareVersion: "1")
        )
        // Burned In Annotation (0028,0301) CS "NO" becomes "YES ".
        let head: [UInt8] = [0x28, 0, 0x01, 0x03, 0x43, 0x53]
        var bytes = Data(try capture.encoded())
        let range = try #require(bytes.range(of: Data(head + [2, 0, 0x4E, 0x4F])))
        bytes.replaceSubrange(range, with: Data(head + [4, 0]) + Data("YES ".utf8))
        try bytes.write(to: URL(filePath: fixture.sources + "/a.dcm"))
        var reasons: [String] = []
        let first = try fixture.importAll(report: { event in
            if case .setAside(_, let reason) = event { reasons.append(reason) }
        })
        #expect((first.imported, first.setAside) == (0, 1))
        #expect(reasons == ["Burned In Annotation (0028,0301) is YES"])
        #expect(try everyImage() == [])
        let second = try fixture.importAll { $0.isCleared = true }
        #expect((second.imported, second.setAside) == (1, 0))
    }

    @Test func `the same pixels are imported once`() throws {
        try fixture.add(DataFixture.picture(1), as: "a.png")
        try fixture.add(DataFixture.picture(1), as: "sub.png")
        for name in ["MR_small", "MR_small_RLE", "MR_small_implicit"] {
            try fixture.add(pydicom: name)
        }
        let summary = try fixture.importAll { $0.isCleared = true }
        // a.png and sub.png are one file; the MR files hold the same pixels in three ways.
        #expect((summary.imported, summary.known, summary.duplicates) == (2, 1, 2))
        #expect(try everyImage().count == 2)
    }

    @Test func `a near copy may not be on both sides of the split`() throws {
        let picture = try DataFixture.picture(4, width: 200, height: 200)
        try fixture.add(picture, as: "a.png")
        try fixture.add(picture.resized(width: 120, height: 120), as: "b.png")
        // Python: sha256("0/alice") is in the first tenth of its range, "0/bob" in the ninth.
        let other = try fixture.write(
            "file,patient\nsources/a.png,alice\nsources/b.png,bob\n",
            to: "l.csv"
        )
        let split = try PatientSplit(shares: [0.8, 0.2, 0])
        var reasons: [String] = []
        let first = try fixture.importAll {
            $0.labels = other
            $0.split = split
        } report: { event in
            if case .setAside(_, let reason) = event { reasons.append(reason) }
        }
        #expect((first.imported, first.setAside) == (1, 1))
        #expect(reasons.first?.contains("nearly the same as images/") == true)
        let same = try fixture.write(
            "file,patient\nsources/a.png,alice\nsources/b.png,alice\n",
            to: "m.csv"
        )
        let second = try fixture.importAll {
            $0.labels = same
            $0.split = split
        }
        #expect((second.imported, second.known) == (1, 1))
    }

    @Test func `an import that was stopped goes on and ends as if it never was`() throws {
        let whole = try DataFixture()
        for number in 0..<12 {
            try fixture.add(DataFixture.picture(number), as: "\(number).png")
            try whole.add(DataFixture.picture(number), as: "\(number).png")
        }
        try whole.importAll { $0.keepsPatientNumbers = true }
        var count = 0
        let first = try fixture.importAll({ $0.keepsPatientNumbers = true }) {
            count += 1
            return count > 5
        }
        #expect((first.imported, first.isInterrupted) == (5, true))
        // A power cut in the middle of a line of the journal, and an image that it does not know of.
        let journal = fixture.dataSet + ".journal/imported.jsonl"
        let text = try String(contentsOfFile: journal, encoding: .utf8)
        try Data(text.dropLast(40).utf8).write(to: URL(filePath: journal))
        let second = try fixture.importAll { $0.keepsPatientNumbers = true }
        #expect((second.imported, second.known, second.isInterrupted) == (8, 4, false))
        #expect(try fixture.files() == whole.files())
        let third = try fixture.importAll { $0.keepsPatientNumbers = true }
        #expect((third.imported, third.known) == (0, 12))
        #expect(try fixture.files() == whole.files())
    }

    @Test func `a data set without its journal is left alone`() throws {
        try fixture.add(DataFixture.picture(1), as: "a.png")
        try fixture.importAll()
        try FileManager.default.removeItem(atPath: fixture.dataSet + ".journal")
        let error = #expect(throws: DataSetError.self) { try fixture.importAll() }
        #expect("\(error as Any)".contains("its journal"))
    }

    @Test func `padding is cut off on request`() throws {
        let inner = try DataFixture.picture(2)
        try fixture.add(inner.padded(left: 9, top: 3, right: 2, bottom: 5), as: "a.png")
        try fixture.importAll { $0.cropsPadding = true }
        #expect(try PixelImage.read(path: #require(everyImage().first)) == inner)
    }

    @Test func `labels of no file are told`() throws {
        try fixture.add(DataFixture.picture(1), as: "a.png")
        let rows =
            "file,finding\nsources/a.png,fracture\nelsewhere/b.png,fracture\nc.png,fracture\n"
        let labels = try fixture.write(rows, to: "labels.csv")
        var events: [ImportImages.Event] = []
        try fixture.importAll({ $0.labels = labels }, report: { events.append($0) })
        #expect(events.first == .unusedLabels(count: 2, example: "\(fixture.path)/c.png"))
        #expect(events.count == 2)
    }

    @Test func `what is not known of an image is asked for`() throws {
        try fixture.add(DataFixture.picture(1), as: "a.png")
        var reasons: [String] = []
        try fixture.importAll {
            $0.modality = nil
        } report: { event in
            if case .failed(_, let reason) = event { reasons.append(reason) }
        }
        #expect(reasons.first?.contains("give --modality") == true)
    }
}
