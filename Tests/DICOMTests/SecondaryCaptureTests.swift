import DICOM
import Foundation
import Imaging
import TestSupport
import Testing

struct SecondaryCaptureTests {
    private static let hash = String(repeating: "5a", count: 32)

    /// A ramp of every level, 16 columns wide.
    private static func ramp(bitDepth: Int) throws -> PixelImage {
        let count = 16 * 31
        return bitDepth == 8
            ? try PixelImage(width: 16, height: 31, grey: (0..<count).map { UInt8($0 % 256) })
            : try PixelImage(
                width: 16,
                height: 31,
                channelCount: 1,
                samples: .uint16((0..<count).map { UInt16($0 * 132) })
            )
    }

    private static func capture(bitDepth: Int) throws -> SecondaryCapture {
        SecondaryCapture(
            image: try ramp(bitDepth: bitDepth),
            imageSHA256: hash,
            synthesis: Synthesis(
                prompt: "An X-ray of the knee, “lateral”, 60 % Schädigung",
                model: "radiograph-mini",
                modelSHA256: String(repeating: "0f", count: 32),
                softwareVersion: "1.2.3",
                date: Date(timeIntervalSince1970: 1_700_000_000)
            ),
            modality: "XR",
            anatomy: "knee",
            sex: "F"
        )
    }

    /// The errors that `dciodvfy` finds, one line each, and wrong lengths, of which it only warns; but not
    /// that it is older than Synthetic Data, which the standard has since 2023.
    private func errors(_ path: String) throws -> [String] {
        let unknown = "Error - Attribute with an even group number is not a recognized standard "
        return try Reference.run("/usr/bin/dciodvfy", [path]).text.split(separator: "\n")
            .map(String.init)
            .filter { $0.hasPrefix("Error") || $0.contains("Bad group length") }
            .filter { !($0.hasPrefix(unknown) && $0.contains("(0x0008,0x001c)")) }
    }

    @Test(arguments: [8, 16], [false, true])
    func `dciodvfy finds no error`(bitDepth: Int, isEdited: Bool) throws {
        let folder = try TemporaryFolder()
        var capture = try Self.capture(bitDepth: bitDepth)
        if isEdited { capture.source = DICOMReference(secondaryCaptureOf: "ab") }
        let path = folder.path + "/capture.dcm"
        try capture.write(to: path)
        let complaints = try errors(path)
        #expect(complaints == [])
        // The validator does see errors: the same file without its study.
        let bytes = try Data(contentsOf: URL(filePath: path))
        let tag = Data([0x20, 0x00, 0x0D, 0x00])
        var broken = bytes
        let range = try #require(broken.range(of: tag))
        broken.replaceSubrange(range, with: [0x20, 0x00, 0x0C, 0x00])
        try broken.write(to: URL(filePath: folder.path + "/broken.dcm"))
        #expect(try errors(folder.path + "/broken.dcm") != [])
    }

    @Test func `dciodvfy finds no error whatever the part of the body`() throws {
        let folder = try TemporaryFolder()
        let parts = [
            "abdomen", "ankle", "arm", "brain", "breast", "calcaneus", "cervical spine", "chest",
            "clavicle", "elbow", "eye", "femur", "finger", "foot", "forearm", "hand", "head",
            "heart",
            "hip", "humerus", "jaw", "kidney", "knee", "liver", "lower leg", "lumbar spine",
            "lungs",
            "mandible", "maxilla", "neck", "pelvis", "ribs", "sacrum", "scapula", "shoulder",
            "skull",
            "sternum", "thigh", "thoracic spine", "thumb", "toe", "uterus", "whole body", "wrist",
            "no such part", nil,
        ]
        for (index, part) in parts.enumerated() {
            var capture = try Self.capture(bitDepth: 8)
            capture.anatomy = part
            let path = "\(folder.path)/\(index).dcm"
            try capture.write(to: path)
            #expect(try errors(path) == [], "\(part ?? "nil")")
        }
    }

    @Test func `pydicom reads every attribute and level`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/capture.dcm"
        var capture = try Self.capture(bitDepth: 16)
        capture.source = DICOMReference(secondaryCaptureOf: "ab")
        try capture.write(to: path)
        let text = try Reference.python("attributes.py", [path])
        let found = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        )
        let elements = try #require(found["elements"] as? [String: [Any]])
        func value(_ keyword: String) -> String {
            (elements[keyword] ?? ["absent"]).map { "\($0)" }.joined(separator: "\\")
        }
        #expect(found["transferSyntax"] as? String == "1.2.840.10008.1.2.1")
        #expect(value("SOPClassUID") == "1.2.840.10008.5.1.4.1.1.7")
        #expect(value("SyntheticData") == "YES")
        #expect(value("ImageType") == "DERIVED\\SECONDARY")
        #expect(value("ConversionType") == "SYN")
        #expect(value("BurnedInAnnotation") == "NO")
        #expect(value("BodyPartExamined") == "KNEE")
        #expect(value("Modality") == "DX")
        #expect(value("PatientSex") == "F")
        #expect(value("PatientID") == "SYNTHETIC-5a5a5a5a5a5a5a5a")
        #expect(value("PhotometricInterpretation") == "MONOCHROME2")
        #expect(value("BitsStored") == "16")
        #expect(value("ContentDate") == "20231114")
        #expect(
            value("DerivationDescription")
                == "Parts synthesized anew by Skiagraph 1.2.3 from the prompt: "
                + "An X-ray of the knee, “lateral”, 60 % Schädigung"
        )
        #expect(elements["PixelSpacing"] == nil)
        #expect(value("ContributingEquipmentSequence").contains("109100"))
        #expect(value("ContributingEquipmentSequence").contains("Synthesizing Equipment"))
        let source = DICOMUID(derivedFrom: "ab", as: .instance).description
        #expect(value("SourceImageSequence").contains(source))
        #expect(found["shape"] as? [Int] == [31, 16])
        #expect(found["pixels"] as? [Int] == (0..<16 * 31).map { $0 * 132 })
    }

    @Test(arguments: [8, 16])
    func `the levels come back`(bitDepth: Int) throws {
        let bytes = try Self.capture(bitDepth: bitDepth).encoded()
        let image = try DICOMFile(bytes).image()
        let expected = try Self.ramp(bitDepth: bitDepth)
        #expect(try image.displayed() == expected.convertedTo16Bit())
    }

    @Test func `the same image becomes the same bytes`() throws {
        #expect(
            try Self.capture(bitDepth: 8).encoded() == Self.capture(bitDepth: 8).encoded()
        )
    }

    @Test func `another hash gives other UIDs`() throws {
        var capture = try Self.capture(bitDepth: 8)
        let first = try DICOMFile(capture.encoded())
        capture.imageSHA256 = String(repeating: "5b", count: 32)
        let second = try DICOMFile(capture.encoded())
        #expect(first.text(.sopInstanceUID) != second.text(.sopInstanceUID))
    }

    @Test func `an existing file is kept`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/capture.dcm"
        try Self.capture(bitDepth: 8).write(to: path)
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(throws: DICOMError.file(.fileExists(path: path))) {
            try Self.capture(bitDepth: 16).write(to: path)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    }

    @Test func `a long prompt is cut at what the attribute holds`() throws {
        var capture = try Self.capture(bitDepth: 8)
        capture.synthesis.prompt = String(repeating: "knee \u{7} ", count: 500)
        let folder = try TemporaryFolder()
        try capture.write(to: folder.path + "/long.dcm")
        let complaints = try errors(folder.path + "/long.dcm")
        #expect(complaints == [])
        let file = try DICOMFile(path: folder.path + "/long.dcm")
        let text = try #require(file.text(DICOMTag(0x0008, 0x2111)))
        #expect(text.unicodeScalars.count == 1024)
        #expect(text.hasSuffix("..."))
    }

    @Test func `colour is refused`() throws {
        var capture = try Self.capture(bitDepth: 8)
        capture.image = try Self.ramp(bitDepth: 8).convertedToRGB()
        let error = #expect(throws: DICOMError.self) { try capture.encoded() }
        #expect("\(error as Any)".contains("convert it first"))
    }
}
