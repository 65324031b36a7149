import DICOM
import Foundation
import Imaging
import TestSupport
import Testing

/// An edit inside a mask, written back into the file that was edited.
struct DerivedTests {
    private let synthesis = Synthesis(prompt: "a nodule", softwareVersion: "1.2.3")

    private func edited(_ pixels: StoredPixels) throws -> StoredPixels {
        switch pixels.values {
        case .signed(var values):
            for index in 40..<60 { values[index] = -7 }
            return try StoredPixels(.signed(values), pixels.description)
        case .unsigned(var values):
            for index in 40..<60 { values[index] = 7 }
            return try StoredPixels(.unsigned(values), pixels.description)
        }
    }

    @Test(arguments: ["CT_small", "MR_small_RLE", "MR_small_bigendian", "unsigned8", "signed12"])
    func `only the edited values change`(name: String) throws {
        let path = try Reference.pydicom.get().entry(name).path
        let file = try DICOMFile(path: path)
        let image = try file.image()
        let edited = try edited(image.stored)
        let bytes = try file.derived(storing: edited, synthesis: synthesis, imageSHA256: "ff")
        let result = try DICOMFile(bytes)
        #expect(try result.image().stored == edited)
        #expect(try result.image().voiTransforms == image.voiTransforms)
        #expect(try file.image().stored == image.stored)
        #expect(result.text(.modality) == file.text(.modality))
        #expect(result.text(.syntheticData) == "YES")
        let uid = DICOMUID(derivedFrom: "ff", as: .instance).description
        #expect(result.text(.sopInstanceUID) == uid)
        #expect(result.text(DICOMTag(0x0020, 0x000D)) == file.text(DICOMTag(0x0020, 0x000D)))
        #expect(result.text(DICOMTag(0x0020, 0x000E)) != file.text(DICOMTag(0x0020, 0x000E)))
    }

    @Test func `pydicom reads the edited file and its source`() throws {
        let path = try Reference.pydicom.get().entry("CT_small").path
        let file = try DICOMFile(path: path)
        let edited = try edited(file.image().stored)
        let folder = try TemporaryFolder()
        let written = folder.path + "/edited.dcm"
        let bytes = try file.derived(storing: edited, synthesis: synthesis, imageSHA256: "ff")
        try Data(bytes).write(to: URL(filePath: written))
        let text = try Reference.python("attributes.py", [written])
        let found = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        )
        #expect(found["pixels"] as? [Int] == edited.map { $0 })
        let elements = try #require(found["elements"] as? [String: [Any]])
        #expect((elements["ImageType"] as? [String])?.prefix(2) == ["DERIVED", "SECONDARY"])
        let source = try #require(file.text(.sopInstanceUID))
        #expect("\(elements["SourceImageSequence"] ?? [])".contains(source))
        #expect("\(elements["ContributingEquipmentSequence"] ?? [])".contains("109100"))
    }

    @Test func `values that do not fit are refused`() throws {
        let entry = { try Reference.pydicom.get().entry($0).path }
        let file = try DICOMFile(path: entry("CT_small"))
        let other = try DICOMFile(path: entry("MR_small")).image().stored
        let error = #expect(throws: DICOMError.self) {
            try file.derived(storing: other, synthesis: synthesis, imageSHA256: "ff")
        }
        #expect("\(error as Any)".contains("do not fit the image (128x128"))
        let image = try DICOMFile(path: entry("signed12")).image()
        let large = [Int16](repeating: 2048, count: image.stored.values.count)
        #expect(throws: DICOMError.self) {
            try StoredPixels(.signed(large), image.description)
        }
        #expect(throws: DICOMError.self) {
            try StoredPixels(.unsigned([1]), image.description)
        }
    }
}
