import DICOM
import Foundation
import Imaging
import Testing
import Training

@testable import Workflows

/// Holds the import to PS3.15 Table E.1-1, with a file that has every attribute of it.
///
/// Each value in the file gives its attribute away; `Tests/Goldens/dicom/basic-profile.py` writes it.
struct DeidentificationTests {
    private let fixture: DataFixture
    private static let goldens = DataFixture.root.appending(path: "Tests/Goldens/dicom")

    /// Imports the file from a folder and under a name that tell whose it is.
    init() throws {
        fixture = try DataFixture()
        let folder = fixture.sources + "/ZQFOLDER^MARY 19070809"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: Self.goldens.appending(path: "every-identifier.dcm"),
            to: URL(filePath: folder + "/ZQFILE.dcm")
        )
        let template =
            "{image}[ of the {anatomy}][, {window} window][ of a {age}-year-old {person}]"
        let summary = try fixture.importAll { options in
            options.split = try PatientSplit(shares: [1, 0, 0])
            options.template = try CaptionTemplate(template)
            (options.modality, options.anatomy) = (nil, nil)
        }
        #expect(summary.images == 1)
    }

    /// An attribute of the table that the file has in text.
    private struct Attribute {
        let tag: DICOMTag
        let keyword: String
        let action: String
        let value: String
    }

    private func attributes() throws -> [Attribute] {
        let path = Self.goldens.path
        let file = try DICOMFile(path: path + "/every-identifier.dcm")
        let table = try String(contentsOfFile: path + "/basic-profile.csv", encoding: .utf8)
        return try table.split(separator: "\n").dropFirst().compactMap { line in
            let match = try #require(line.firstMatch(of: /\((....),(....)\)",(.*),(.+)/))
            let tag = DICOMTag(
                try #require(UInt16(match.1, radix: 16)),
                try #require(UInt16(match.2, radix: 16))
            )
            return file.text(tag).map {
                Attribute(tag: tag, keyword: "\(match.3)", action: "\(match.4)", value: $0)
            }
        }
    }

    @Test func `no attribute that the Basic Profile removes or replaces is kept`() throws {
        let attributes = try attributes()
        #expect(attributes.count > 450, "the file is to have something to hide")
        // What the Retain Patient Characteristics option keeps; ages of 90 and more become 90.
        let kept: Set = ["PatientSex", "PatientAge"]
        #expect(attributes.filter { kept.contains($0.keyword) }.map(\.value) == ["F", "093Y"])
        let hidden = attributes.filter { !kept.contains($0.keyword) && $0.value.count > 4 }
        #expect(hidden.count > 440)
        for (name, data) in try fixture.files() {
            for attribute in hidden {
                #expect(
                    data.range(of: Data(attribute.value.utf8)) == nil,
                    "\(name) has \(attribute.keyword) \(attribute.tag), action \(attribute.action)"
                )
            }
            // Also sequences, private attributes, overlays, and the names of file and folder.
            for trace in ["ZQ", "19070809", "235807", "MARY"] where name.hasSuffix(".csv") {
                #expect(data.range(of: Data(trace.utf8)) == nil, "\(name) has \(trace)")
            }
        }
    }

    @Test func `what the data set has of a file is a few words and a pseudonym`() throws {
        let set = fixture.dataSet + "/imported"
        let lines = try String(contentsOfFile: set + "/manifest.csv", encoding: .utf8)
            .split(separator: "\n")
        let row = try #require(lines.last)
        let image = try #require(try ImageManifest(folder: set).images.first)
        let name = URL(filePath: image.path).lastPathComponent
        let known =
            "images/\(name),CT,chest,axial,,F,90,"
            + "CT slice of the chest of a 90-year-old woman,,train,"
        #expect(lines.count == 2)
        #expect(row.hasPrefix(known), "\(row)")
        #expect(row.dropFirst(known.count).wholeMatch(of: /p[0-9a-f]{12},/) != nil, "\(row)")
        // The same number under another key has another pseudonym: it is no plain hash of the number.
        try FileManager.default.removeItem(atPath: fixture.dataSet)
        try FileManager.default.removeItem(atPath: fixture.dataSet + ".journal")
        try fixture.importAll { $0.split = try PatientSplit(shares: [1, 0, 0]) }
        let again = try String(contentsOfFile: set + "/manifest.csv", encoding: .utf8)
        #expect(!again.contains(row.suffix(14)))
    }

    @Test func `the PNG holds pixels and nothing else`() throws {
        let image = try #require(
            try ImageManifest(folder: fixture.dataSet + "/imported").images.first
        )
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: image.path)))
        var (position, chunks) = (8, [String]())
        while position + 8 <= bytes.count {
            let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            chunks.append(String(decoding: bytes[position + 4..<position + 8], as: UTF8.self))
            position += 12 + length
        }
        #expect(position == bytes.count)
        #expect(Set(chunks) == ["IHDR", "IDAT", "IEND"], "\(chunks)")
        // pydicom's levels; the overlay, all of it set, is not drawn.
        let levels = try PixelImage.read(path: image.path).samples
        guard case .uint16(let values) = levels else {
            Issue.record("16 bits are expected")
            return
        }
        #expect(values.prefix(3) == [0, 66, 131])
        #expect(Set(values).count == 24 * 32, "every pixel of the source has a value of its own")
    }

    @Test(arguments: [
        ("MILLER KNEE", nil), ("KNEE", "knee"), ("TSPINE", "thoracic spine"),
        ("CHESTABDPELVIS", "chest, abdomen and pelvis"), ("12345678", nil),
    ])
    func `a body part is a term of the standard or not stated`(term: String, words: String?) {
        #expect(DefinedTerms.anatomy(term) == words)
    }

    @Test(arguments: [
        ("PA", "PA"), ("LL", "lateral"), ("MLO", "mlo"), ("SMITH", nil), ("pa for dr x", nil),
    ])
    func `a view is a term of the standard or not stated`(term: String, words: String?) {
        #expect(DefinedTerms.view(term) == words)
    }

    @Test(arguments: [
        ("LUNG", "lung"), ("SOFT_TISSUE", "soft tissue"), ("WINDOW1", "window1"),
        ("DR SMITH", nil), ("lung, Mr Jones", nil), ("", nil),
    ])
    func `a window's name is a usual one or not stated`(text: String, words: String?) {
        #expect(DefinedTerms.window(text) == words)
    }

    @Test(arguments: [("DX", "XR"), ("CT", "CT"), ("PATSMITH", nil), ("SR", nil)])
    func `a modality is a term of the standard or not stated`(term: String, words: String?) {
        #expect(DefinedTerms.modality(term) == words)
    }

    @Test func `a caption with the patient's name is set aside until a person clears it`() throws {
        try FileManager.default.removeItem(atPath: fixture.dataSet)
        try FileManager.default.removeItem(atPath: fixture.dataSet + ".journal")
        let sidecar = "sources/ZQFOLDER^MARY 19070809/ZQFILE.txt"
        // Patient's Name of the file is ZQ00100010.
        _ = try fixture.write("CT of the chest of Mrs. zq00100010, clear", to: sidecar)
        var events: [ImportImages.Event] = []
        try fixture.importAll(report: { events.append($0) })
        guard case .setAside(_, let reason) = try #require(events.last) else {
            Issue.record("\(events)")
            return
        }
        #expect(
            reason
                == "its prompt seems to hold a name that the file has; change it, or import with --cleared"
        )
        let summary = try fixture.importAll { $0.isCleared = true }
        #expect(summary.images == 1)
    }

    @Test(arguments: [
        ("seen on 2019-03-04", "a date"), ("seen 4.3.2019", "a date"),
        ("of March 4, 2019", "a date"),
        ("20190304", "a date"), ("case 7654321", "a number of six digits or more"),
        ("1.2.840.113619.2.1", "a UID"), ("Chest of Mr Jones", "a patient's name"),
        ("patient named Anna", "a patient's name"), ("chest X-ray, ribs 9/10/11 broken", nil),
        ("T2-weighted MRI of the brain, 512x512, 1.5 T", nil),
        ("A chest X-ray of a 4-year-old girl", nil),
        ("bleeding after a gunshot wound", nil),
    ])
    func `what identifies is found in captions`(text: String, trace: String?) {
        #expect(IdentifyingText().trace(in: text) == trace)
    }
}
